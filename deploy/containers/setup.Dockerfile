# Makes topics, principals and rights on a broker, once: python -m deploy.broker. Runs to its end and is gone.
ARG BASE=python:3.11-slim-bookworm
FROM ${BASE} AS wheels
WORKDIR /build
COPY requirements/broker.txt deploy/containers/install.sh ./
RUN sh install.sh broker.txt

FROM ${BASE}
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin lumbung
WORKDIR /app
COPY --from=wheels /venv /venv
COPY deploy/__init__.py deploy/broker.py deploy/topics.py deploy/topics.yaml deploy/partners.py deploy/partners.yaml deploy/
USER 10001
CMD ["python", "-m", "deploy.broker"]
