using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Net.Client;
using Tracker.Bench.Mongo;
using Tracker.TestKit;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Bench.Load;

/// <summary>A Tracker server with what the workload stands on: a notice, the consents of the shoppers, customers who bought before.</summary>
internal sealed class Shop : IAsyncDisposable
{
    private const string Notice = "May we use what you look at for suggestions?";
    private const int Batch = 1_000;
    private const int Callers = 4;

    private readonly LoadClient _client;
    private int _run;

    private Shop(ServerUnderTest server) => (Server, _client) = (server, new LoadClient(server.Grpc, connections: 2));

    public ServerUnderTest Server { get; }

    /// <summary>Customers with a card and one record each, besides the shoppers.</summary>
    public int Known { get; private set; }

    public static async Task<Shop> OpenAsync(string? address, string database, IReadOnlyList<string> environment, CancellationToken cancellation)
    {
        var shop = new Shop(await ServerUnderTest.StartAsync(address, database, environment, cancellation));
        await shop.ConsentAsync(cancellation);
        return shop;
    }

    public async Task GrowToAsync(int known, CancellationToken cancellation)
    {
        var now = DateTimeOffset.UtcNow.AddMinutes(-1);
        const int Step = 200_000;
        while (Known < known)
        {
            var count = Math.Min(Step, known - Known);
            byte[][] bodies = [.. Enumerable.Range(Known, count).Select(person => Delivery(person, now).ToByteArray())];
            var result = await _client.BatchAsync(bodies, Batch, Callers, cancellation);
            Known += result.Outcomes.Accepted == count ? count : throw new InvalidOperationException($"Of {count} customers: {result.Outcomes}.");
        }
    }

    /// <summary>Of the published workload, such as none before.</summary>
    public byte[][] Bodies(int count) => new Mix(++_run, Math.Max(1, Known), DateTimeOffset.UtcNow).Bodies(count);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Server.DisposeAsync();
    }

    private static Wire.Interaction Delivery(int person, DateTimeOffset now)
    {
        var delivery = Workload.Receipt(0, person, person, now);
        delivery.MessageId = $"delivery-{person}";
        delivery.Type = "order.delivered";
        return delivery;
    }

    private async Task ConsentAsync(CancellationToken cancellation)
    {
        using var channel = GrpcChannel.ForAddress(Server.Grpc);
        var consents = new Wire.ConsentService.ConsentServiceClient(channel);
        await consents.RegisterNoticeAsync(
            new()
            {
                NoticeId = "suggestions",
                Version = "1",
                Text = Notice,
                Language = "en",
                EffectiveAt = DateTimeOffset.UtcNow.AddDays(-1).ToTimestamp(),
                Medium = Wire.NoticeMedium.Written,
                Purposes = { Wire.Purpose.Profiling },
                Controller = new() { Id = "demo", Name = "Demo S.p.A.", Contact = "dpo@demo.example", Address = "Via Roma 1, Milano" },
            },
            cancellationToken: cancellation);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Mix.Shoppers),
            new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = cancellation },
            async (shopper, token) => await consents.RecordConsentAsync(Consent(shopper, DateTimeOffset.UtcNow.AddHours(-1).ToTimestamp()), cancellationToken: token));
    }

    private static Wire.RecordConsentRequest Consent(int shopper, Timestamp at) => new()
    {
        RequestId = $"consent-{shopper}",
        Identifiers = { Mix.Shopper(shopper) },
        Purpose = Wire.Purpose.Profiling,
        State = Wire.ConsentState.Given,
        DecidedAt = at,
        NoticeId = "suggestions",
        NoticeVersion = "1",
        NoticeShownAt = at,
        Evidence = new()
        {
            Kind = Wire.EvidenceKind.Checkbox,
            Sha256 = Proof.Sha256($"consent-{shopper}"),
            CapturedAt = at,
            CapturedBy = "web-form-7",
            TextShownSha256 = Proof.Sha256(Notice),
            ControlId = "profiling",
            Act = Wire.ConsentAct.Checked,
            DefaultChecked = false,
            Checkbox = new() { LabelSha256 = Proof.Sha256("label"), CheckedAt = at },
        },
    };
}
