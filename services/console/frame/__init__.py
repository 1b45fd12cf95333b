"""What a page needs, and all it needs: ``from services.console.frame import Page, registry, t, together``."""

from services.console.frame.amounts import AmountField, MoneyField
from services.console.frame.ask import matching, partners, placement, registry, training
from services.console.frame.forms import DayField, Form, HoursField, NumberField, Step
from services.console.frame.notices import already, notice
from services.console.frame.occupations import OccupationField, occupation
from services.console.frame.page import Entry, Page
from services.console.frame.public_answers import ToldByHouse, everybody
from services.console.frame.recorded import Recorded
from services.console.frame.visitor import shared_screen, visitor
from services.console.frame.words import both, country, day, language, moment, money, number, place, price, regency, t
from services.console.houses import Answer, NotAnswered, together

__all__ = [
    "AmountField",
    "Answer",
    "DayField",
    "Entry",
    "Form",
    "HoursField",
    "MoneyField",
    "NotAnswered",
    "NumberField",
    "OccupationField",
    "Page",
    "Recorded",
    "Step",
    "ToldByHouse",
    "already",
    "both",
    "country",
    "day",
    "everybody",
    "language",
    "matching",
    "moment",
    "money",
    "notice",
    "number",
    "occupation",
    "partners",
    "place",
    "placement",
    "price",
    "regency",
    "registry",
    "shared_screen",
    "t",
    "together",
    "training",
    "visitor",
]
