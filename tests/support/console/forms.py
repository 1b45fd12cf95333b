"""What a browser would send of a form as its page shows it."""

import html
import re


def typed(page: str, path: str, **changes: str) -> dict[str, str]:
    """All that the form at this path would send, with these fields typed over."""
    form = next(one for one in re.findall(r"<form.*?</form>", page, re.S) if f'action="{html.escape(path)}"' in one)
    found = {
        name: html.unescape(value) for name, value in re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', form)
    }
    areas = re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.S)
    found |= {name: html.unescape(value) for name, value in areas}
    for name, choices in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'value="([^"]*)" selected', choices)
        found[name] = chosen[1] if chosen else ""
    ticks = re.findall(r'<input[^>]*type="(?:checkbox|radio)"[^>]*>', form)
    for name in {re.search(r'name="([^"]+)"', one)[1] for one in ticks}:  # type: ignore[index]
        on = [one for one in ticks if f'name="{name}"' in one and " checked" in one]
        found.pop(name, None)
        if on:
            found[name] = re.search(r'value="([^"]*)"', on[0])[1]  # type: ignore[index]
    return {**found, **changes}
