FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/Tracker.Server -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
# Retention is counted in the calendar of a time zone.
RUN apt-get update \
    && apt-get install -y --no-install-recommends tzdata libstdc++6 \
    && rm -rf /var/lib/apt/lists/* \
    && install -d -o app -g app /data
WORKDIR /data
COPY --from=build /app /app
USER app
VOLUME /data
# The ports are Tracker's own settings; those of the base image would only be overridden with a warning.
ENV ASPNETCORE_HTTP_PORTS="" \
    Tracker__Server__BindAddress="*" \
    Tracker__Storage__Path=/data
EXPOSE 5080 5081
ENTRYPOINT ["dotnet", "/app/Tracker.Server.dll"]
