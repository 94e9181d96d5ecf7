using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using GoogleType = Google.Type;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Bench.Mongo;

/// <summary>
/// What is sent: receipts of customers with a loyalty card, each customer about five of them; of twenty interactions one is sent
/// again and one is a newsletter that nobody consented to.
/// </summary>
internal sealed class Workload(int interactions, int batch)
{
    private const int PerPerson = 5;

    /// <summary>The same in every run but for who they are of, so that none meets what another has stored.</summary>
    public IEnumerable<Wire.RecordInteractionsRequest> Calls(int run, DateTimeOffset now)
    {
        foreach (var places in Enumerable.Range(0, interactions).Chunk(batch))
        {
            yield return new() { Interactions = { places.Select(place => Of(run, place, place * 7_919 % (interactions / PerPerson), now)) } };
        }
    }

    private static Wire.Interaction Of(int run, int place, int person, DateTimeOffset now) => (place % 20) switch
    {
        18 => Newsletter(run, place, person, now),
        19 => Receipt(run, place - 5, (place - 5) / PerPerson, now),
        _ => Receipt(run, place, place % 2 == 0 ? person : place / PerPerson, now),
    };

    public static Wire.Interaction Receipt(int run, int place, int person, DateTimeOffset now) => new()
    {
        MessageId = Name(run, "receipt", place),
        Type = "purchase.completed",
        Channel = Wire.Channel.Pos,
        OccurredAt = now.AddSeconds(-place % 3_600).ToTimestamp(),
        Identifiers = { Card(run, person) },
        Content = new()
        {
            Commerce = new()
            {
                OrderId = Name(run, "o", place),
                Total = Euro(63),
                PaymentMethod = "card",
                Lines =
                {
                    Enumerable.Range(0, 3).Select(line => new Wire.CommerceLine { ProductId = Name(0, "p", (place + line) % 500), Name = "Shirt, cotton", Quantity = new() { Value = "1" }, UnitPrice = Euro(21), Amount = Euro(21) }),
                },
            },
            Store = new() { StoreId = "milano-1", WorkstationId = "3", ReceiptNumber = Name(run, "r", place) },
        },
    };

    /// <summary>What a person is known by at a shop: a loyalty card, an e-mail address, a mobile telephone.</summary>
    public static IReadOnlyList<Wire.Identifier> NamesOf(int run, int person) =>
    [
        Card(run, person),
        new() { Kind = Wire.IdentifierKind.Email, Value = $"{Name(run, "n", person)}@example.com" },
        new() { Kind = Wire.IdentifierKind.Phone, Value = string.Create(CultureInfo.InvariantCulture, $"+3932{person:D8}") },
    ];

    private static Wire.Identifier Card(int run, int person) => new() { Kind = Wire.IdentifierKind.LoyaltyCard, Value = Name(run, "L", person) };

    private static Wire.Interaction Newsletter(int run, int place, int person, DateTimeOffset now) => new()
    {
        MessageId = Name(run, "newsletter", place),
        Type = "newsletter.subscribed",
        Channel = Wire.Channel.Web,
        OccurredAt = now.AddSeconds(-1).ToTimestamp(),
        Purposes = { Wire.Purpose.DirectMarketing },
        Identifiers = { new Wire.Identifier { Kind = Wire.IdentifierKind.Email, Value = $"{Name(run, "n", person)}@example.com" } },
    };

    private static GoogleType.Money Euro(long units) => new() { CurrencyCode = "EUR", Units = units };

    private static string Name(int run, string kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind}-{run}-{number}");
}
