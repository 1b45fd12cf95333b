# The image of the console: its pages, the plumbing, and its own few packages (no scikit-learn).
#   docker build -f deploy/containers/console.Dockerfile -t lumbung-console .
FROM python:3.11-slim-bookworm AS wheels
WORKDIR /build
COPY requirements/console.txt ./
# --require-hashes: what is installed is what was locked.
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r console.txt

FROM python:3.11-slim-bookworm
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    LUMBUNG_ENV=production HTTP_HOST=0.0.0.0
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin lumbung
WORKDIR /app
COPY --from=wheels /venv /venv
COPY shared/ shared/
COPY services/__init__.py services/
COPY services/console/ services/console/
USER 10001
CMD ["python", "-m", "services.console", "web"]
