using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Tracker.Bench.Mongo;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Bench.Load;

/// <summary>
/// The published workload, the same for every row: what a retailer with a shop and a site sends. Of twenty interactions twelve are
/// page views of signed-in customers on their consent, four receipts of known customers by their loyalty card (two records each), one a receipt of
/// nobody, one a receipt under a card never seen, one a newsletter that nobody consented to, one a receipt sent again. So 18 of 20
/// are accepted and leave 23 records.
/// </summary>
/// <param name="run">None meets what another run has stored.</param>
/// <param name="known">Customers that have a card already.</param>
internal sealed class Mix(int run, int known, DateTimeOffset now)
{
    public const int Shoppers = 20_000;
    private const int Cycle = 20;

    /// <summary>As on the wire; serialised before the clock runs.</summary>
    public byte[][] Bodies(int count) => [.. Enumerable.Range(0, count).Select(place => Of(place).ToByteArray())];

    public static Wire.Identifier Shopper(int number) =>
        new() { Kind = Wire.IdentifierKind.Email, Value = string.Create(CultureInfo.InvariantCulture, $"shopper{number}@example.com") };

    private Wire.Interaction Of(int place) => (place % Cycle) switch
    {
        < 12 => View(place),
        < 16 => Receipt(place, Drawn(place, known)),
        16 => Anonymous(place),
        // A negative number is nobody's card: no run before has sent it.
        17 => Receipt(place, -1 - (run * 10_000_000) - place),
        18 => Newsletter(place),
        _ => Receipt(place - 4, Drawn(place - 4, known)),
    };

    private Wire.Interaction View(int place) => new()
    {
        MessageId = Id("view", place),
        Type = "page.viewed",
        Channel = Wire.Channel.Web,
        OccurredAt = At(place),
        Purposes = { Wire.Purpose.Profiling },
        Identifiers = { Shopper(Drawn(place, Shoppers)) },
        Content = new()
        {
            Online = new()
            {
                PageUrl = string.Create(CultureInfo.InvariantCulture, $"https://shop.example/kettles/{place % 997}"),
                PageTitle = "Kettles and teapots",
                Referrer = "https://shop.example/",
            },
        },
    };

    private Wire.Interaction Receipt(int place, int person)
    {
        var receipt = Workload.Receipt(0, place, person, now);
        receipt.MessageId = Id("receipt", place);
        receipt.OccurredAt = At(place);
        receipt.Content.Commerce.OrderId = receipt.MessageId;
        return receipt;
    }

    private Wire.Interaction Anonymous(int place)
    {
        var receipt = Receipt(place, 0);
        receipt.Identifiers.Clear();
        return receipt;
    }

    private Wire.Interaction Newsletter(int place) => new()
    {
        MessageId = Id("newsletter", place),
        Type = "newsletter.subscribed",
        Channel = Wire.Channel.Web,
        OccurredAt = At(place),
        Purposes = { Wire.Purpose.DirectMarketing },
        Identifiers = { Shopper(Drawn(place, Shoppers)) },
    };

    private Timestamp At(int place) => now.AddSeconds(-place % 600).ToTimestamp();

    /// <summary>Random, as SDKs make them, and the same for whoever is sent it again.</summary>
    private string Id(string kind, int place) =>
        new Guid(SHA256.HashData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{kind}-{run}-{place}"))).AsSpan(0, 16)).ToString();

    /// <summary>Anybody: Knuth's multiplicative hash.</summary>
    private int Drawn(int place, int of) => (int)(unchecked(((uint)place + ((uint)run * 7_919)) * 2_654_435_761) % (uint)of);
}
