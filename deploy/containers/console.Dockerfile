# The image of the console: its pages, the plumbing with what that needs, and its own few packages (no scikit-learn).
#   docker build -f deploy/containers/console.Dockerfile -t lumbung-console .
ARG BASE=python:3.11-slim-bookworm
FROM ${BASE} AS wheels
WORKDIR /build
COPY requirements/house.txt requirements/console.txt deploy/containers/install.sh ./
RUN sh install.sh house.txt console.txt

FROM ${BASE}
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
