using System.Globalization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Tracker.Server.Security;

namespace Tracker.Server.Hosting;

/// <summary>What the server says when it is up: where it listens, and a first call that can be typed as it stands.</summary>
internal sealed class Banner(
    IServer server,
    ReflectionChoice reflection,
    IOptions<StorageOptions> storage,
    CallerDirectory callers,
    TimeProvider time)
{
    private const string FirstItem =
        """
        {"interaction":{"message_id":"first-1","type":"purchase.completed","channel":"CHANNEL_POS","occurred_at":"NOW","identifiers":[{"kind":"IDENTIFIER_KIND_EMAIL","value":"ada@example.com"}],"content":{"commerce":{"order_id":"first-1","total":{"currency_code":"EUR","units":25}}}}}
        """;

    private Uri Grpc => Address(0);

    private Uri Http => Address(1);

    public string Text() =>
        $"""
        Tracker is up.
          gRPC     {Grpc}
          HTTP     {Http}
          health   {Http}health/ready
          data     {Data()}
          callers  {Callers()}

        {FirstCall()}
        """;

    public string FirstCall() =>
        $"""
        A first call:
          {GrpcurlLine()}

        A week of orders (docs/import.md has more):
          dotnet run --project src/Tracker.Server -- import samples/synthetic-week.csv.gz --mapping online-retail --server {Grpc.GetLeftPart(UriPartial.Authority)}{ImportKey}

        """;

    private string Data() => storage.Value.Mongo.IsChosen ? $"{storage.Value.Place}; keys in {storage.Value.Root}" : storage.Value.Root;

    private bool NeedsKey => callers.Keyless is null;

    private string ImportKey => NeedsKey ? " --api-key KEY" : "";

    private string GrpcurlLine()
    {
        var key = NeedsKey ? "-H 'authorization: Bearer KEY' " : "";
        var contract = reflection.IsOn ? "" : "-import-path protos -proto tracker/v1/interaction.proto ";
        return $"grpcurl -plaintext {key}{contract}-d '{FirstInteraction()}' {Grpc.Authority} tracker.v1.InteractionService/RecordInteraction";
    }

    private string FirstInteraction() =>
        FirstItem.Replace("NOW", time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private string Callers() => callers switch
    {
        { IsDemo: true } => "tenant demo, source demo, without a key: only because no other machine can reach this address",
        { Keyless: { } keyless } => $"by API key; without one as {keyless.Tenant}/{keyless.Source}, only because no other machine can reach this address",
        _ => "by API key",
    };

    // In the order in which the ports were asked for: gRPC, HTTP.
    private Uri Address(int position)
    {
        var bound = new UriBuilder(server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.ElementAt(position));
        if (bound.Host is "[::]" or "0.0.0.0")
        {
            bound.Host = "127.0.0.1";
        }

        return bound.Uri;
    }
}
