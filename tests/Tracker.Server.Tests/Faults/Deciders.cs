using Grpc.Core;
using MongoDB.Bson;
using MongoDB.Driver;
using Tracker.TestServers;

namespace Tracker.Server.Tests.Faults;

/// <summary>People who consent and take it back, one after the other. A call without an answer is repeated as it is on the next node.</summary>
internal sealed class Deciders
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly IReadOnlyList<Node> _nodes;
    private readonly CancellationToken _cancellation;
    private readonly Task _deciding;
    private int _people;
    private int _unknown;
    private volatile bool _stopping;

    private Deciders(IReadOnlyList<Node> nodes, CancellationToken cancellation)
    {
        (_nodes, _cancellation) = (nodes, cancellation);
        _deciding = DecideAsync();
    }

    public static async Task<Deciders> StartAsync(IReadOnlyList<Node> nodes, CancellationToken cancellation)
    {
        await new Shopper(cancellation).RegisterNoticeAsync(nodes[0]);
        return new(nodes, cancellation);
    }

    /// <summary>Each decision that was acknowledged is an entry of its own, once, and nothing else is one.</summary>
    /// <returns>Whom the entries are of.</returns>
    public async Task<IReadOnlyCollection<string>> AssertAsync(IMongoDatabase database)
    {
        _stopping = true;
        await Eventually.BecomesAsync("all decisions are answered", () => _deciding.IsCompleted, _cancellation);
        await _deciding;
        var entries = await database.GetCollection<BsonDocument>("consents").Find(new BsonDocument()).ToListAsync(_cancellation);
        Assert.True(_people > 0);
        Assert.Equal(2 * _people, entries.Count);
        var ledgers = entries.CountBy(entry => entry["owner"].AsString).ToDictionary();
        Assert.All(ledgers.Values, count => Assert.Equal(2, count));
        return ledgers.Keys;
    }

    private async Task DecideAsync()
    {
        using var pace = new PeriodicTimer(Pace);
        while (!_stopping)
        {
            var person = new Shopper(_cancellation, $"decider-{_people}@example.com");
            var (consent, withdrawal) = (person.Consent(), person.Withdrawal());
            await UntilAnsweredAsync(node => node.Consents.RecordConsentAsync(consent, deadline: DateTime.UtcNow + Deadline, cancellationToken: _cancellation).ResponseAsync, pace);
            await UntilAnsweredAsync(node => node.Consents.WithdrawConsentAsync(withdrawal, deadline: DateTime.UtcNow + Deadline, cancellationToken: _cancellation).ResponseAsync, pace);
            _people++;
        }
    }

    private async Task UntilAnsweredAsync(Func<Node, Task> call, PeriodicTimer pace)
    {
        while (true)
        {
            try
            {
                await call(_nodes[_unknown % _nodes.Count]);
                return;
            }
            catch (RpcException fault) when (Load.IsUnknown(fault.StatusCode) && !_cancellation.IsCancellationRequested)
            {
                _unknown++;
            }
            finally
            {
                await pace.WaitForNextTickAsync(_cancellation);
            }
        }
    }
}
