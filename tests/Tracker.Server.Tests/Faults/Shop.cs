using Google.Protobuf.WellKnownTypes;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.Faults;

/// <summary>What callers of a shop send: every call has what a person does, what nobody does, and what must be denied.</summary>
internal sealed class Shop(int people = 12)
{
    private int _last;

    public IEnumerable<Wire.Identifier> People => Enumerable.Range(0, people).Select(Person);

    public static bool IsToBeDenied(Wire.Interaction item) => item.Type is "lead.captured" or "page.viewed";

    public Delivery Next()
    {
        var number = Interlocked.Increment(ref _last);
        return new Delivery(
        [
            Order($"order-a-{number}", Person(number % people)),
            Receipt($"receipt-{number}"),
            Lead($"lead-{number}"),
            Order($"order-b-{number}", Person(number * 7 % people)),
            View($"view-{number}", Person(number % people)),
        ]);
    }

    private static Wire.Identifier Person(int number) => new() { Kind = Wire.IdentifierKind.Email, Value = $"person-{number}@example.com" };

    private static Wire.Interaction Order(string id, Wire.Identifier person) => Act(id, "order.placed", person, new()
    {
        Commerce = new() { OrderId = id, Total = new() { CurrencyCode = "EUR", Units = 20 } },
        Fiscal = new() { DocumentNumber = id },
    });

    private static Wire.Interaction Receipt(string id) => Act(id, "purchase.completed", person: null, new()
    {
        Commerce = new() { Total = new() { CurrencyCode = "EUR", Units = 5 } },
        Store = new() { StoreId = "7", ReceiptNumber = id },
    });

    /// <summary>Of somebody who has agreed to nothing and is known from nothing else.</summary>
    private static Wire.Interaction Lead(string id) =>
        Act(id, "lead.captured", new() { Kind = Wire.IdentifierKind.Email, Value = $"{id}@example.com" }, new() { Contact = new() { GivenName = "Nobody" } });

    /// <summary>Of somebody who is known, and has not agreed to be profiled.</summary>
    private static Wire.Interaction View(string id, Wire.Identifier person) =>
        Act(id, "page.viewed", person, new() { Online = new() { PageUrl = "https://shop.example/" } });

    private static Wire.Interaction Act(string id, string type, Wire.Identifier? person, Wire.Content content)
    {
        var act = new Wire.Interaction
        {
            MessageId = id,
            Type = type,
            Channel = Wire.Channel.Web,
            OccurredAt = TimeProvider.System.GetUtcNow().ToTimestamp(),
            Content = content,
        };
        if (person is not null)
        {
            act.Identifiers.Add(person);
        }

        return act;
    }
}
