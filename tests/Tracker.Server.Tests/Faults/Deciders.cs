using MongoDB.Bson;
using MongoDB.Driver;

namespace Tracker.Server.Tests.Faults;

/// <summary>People who consent and take it back, one after the other.</summary>
internal sealed class Deciders : Insistent
{
    private Deciders(IReadOnlyList<Node> nodes, CancellationToken cancellation)
        : base(nodes, cancellation) => Start();

    public static async Task<Deciders> StartAsync(IReadOnlyList<Node> nodes, CancellationToken cancellation)
    {
        await new Shopper(cancellation).RegisterNoticeAsync(nodes[0]);
        return new(nodes, cancellation);
    }

    /// <summary>Each decision that was acknowledged is an entry of its own, once, and nothing else is one.</summary>
    /// <returns>Whom the entries are of.</returns>
    public async Task<IReadOnlyCollection<string>> AssertAsync(IMongoDatabase database)
    {
        await StopAsync();
        var entries = await database.GetCollection<BsonDocument>("consents").Find(new BsonDocument()).ToListAsync(Cancellation);
        Assert.Equal(2 * Done, entries.Count);
        var ledgers = entries.CountBy(entry => entry["owner"].AsString).ToDictionary();
        Assert.All(ledgers.Values, count => Assert.Equal(2, count));
        return ledgers.Keys;
    }

    protected override async Task DoAsync(int number, PeriodicTimer pace)
    {
        var person = new Shopper(Cancellation, $"decider-{number}@example.com");
        var (consent, withdrawal) = (person.Consent(), person.Withdrawal());
        await UntilAnsweredAsync((node, deadline) => node.Consents.RecordConsentAsync(consent, deadline: deadline, cancellationToken: Cancellation), pace);
        await UntilAnsweredAsync((node, deadline) => node.Consents.WithdrawConsentAsync(withdrawal, deadline: deadline, cancellationToken: Cancellation), pace);
    }
}
