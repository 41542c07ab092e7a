# Wheels are built once, with their hashes checked; the image that runs holds neither compiler nor root.
FROM python:3.11-slim AS wheels
WORKDIR /build
ARG REQUIREMENTS=requirements.txt
COPY ${REQUIREMENTS} requirements.txt
RUN pip wheel --no-cache-dir --require-hashes -r requirements.txt -w /wheels

FROM python:3.11-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=/app/platform:/app DATA_DIR=/data LOG_FORMAT=json
RUN useradd --uid 10001 --create-home steppingstones && mkdir /data && chown steppingstones /data
COPY --from=wheels /wheels /wheels
RUN pip install --no-cache-dir --no-index --find-links /wheels /wheels/*.whl && rm -r /wheels
WORKDIR /app
COPY manage.py ./
COPY platform platform
COPY initiatives initiatives
COPY search search
COPY partnerships partnerships
COPY templates templates
COPY static static
COPY locale locale
USER steppingstones
# A volume of its own may lie over /data, so the static files are collected when the container starts (see compose.yaml).
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["sh", "-c", "exec uvicorn config.asgi:application --host 0.0.0.0 --port 8000 --workers ${WEB_WORKERS:-2} --no-access-log"]
