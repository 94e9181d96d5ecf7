FROM mcr.microsoft.com/dotnet/sdk:10.0.401-noble AS build
WORKDIR /source
# What the server is made of and nothing else: a change of a test or of a document builds nothing anew.
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY eng/BannedSymbols.txt eng/
COPY protos protos
COPY src src
# The analyzers have had their say in .ci/run.
RUN dotnet publish src/Tracker.Server --configuration Release --output /app -p:RestoreLockedMode=true -p:UseAppHost=false -p:RunAnalyzersDuringBuild=false

FROM mcr.microsoft.com/dotnet/aspnet:10.0.12-noble
# Retention is counted in the calendar of a time zone: without its data there shall be no image. RocksDB needs libstdc++.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends tzdata libstdc++6 \
    && rm -rf /var/lib/apt/lists/* \
    && test -e /usr/share/zoneinfo/Europe/Rome \
    && install --directory --owner=app --group=app --mode=0700 /data
COPY --from=build /app /app
# The user app of the base image, as a number, so that an orchestrator can see that it is not root.
USER 1654:1654
WORKDIR /data
# The ports are Tracker's own settings; those of the base image would only be overridden with a warning. Without diagnostics
# nobody takes a dump of a process that has the tenant keys in memory. What a micro-batch needs is garbage when it is written:
# two heaps, collected side by side, with 128 MiB of youngest generation each instead of 4, copy little of it and keep nobody
# waiting (a fifth faster than one heap: docs/scaling.md). It is memory that a server uses under load, up to 700 MiB; one
# with less to give sets DOTNET_gcServer=0 and DOTNET_GCgen0size=0x4000000.
ENV ASPNETCORE_HTTP_PORTS="" \
    DOTNET_gcServer="1" \
    DOTNET_GCHeapCount="2" \
    DOTNET_GCNoAffinitize="1" \
    DOTNET_GCgen0size="0x8000000" \
    DOTNET_EnableDiagnostics="0" \
    Tracker__Server__BindAddress="*" \
    Tracker__Server__HttpPort="5080" \
    Tracker__Storage__Path="/data"
EXPOSE 5080 5081
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --start-interval=1s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/$Tracker__Server__HttpPort && printf 'GET /health/ready HTTP/1.0\\r\\n\\r\\n' >&3 && read -r status <&3 && [[ $status == *' 200 '* ]]"]
ENTRYPOINT ["dotnet", "/app/Tracker.Server.dll"]
