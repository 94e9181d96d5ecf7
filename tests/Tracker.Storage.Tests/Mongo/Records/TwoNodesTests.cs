using Tracker.Core.Consents;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Storage.Mongo;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.Mongo.Records;

/// <summary>Two processes over one database.</summary>
public sealed class TwoNodesTests : IAsyncLifetime
{
    private readonly MongoStorage _storage = new();
    private MongoStore? _other;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private MongoStore One => _storage.Store;

    private MongoStore Other => _other ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync()
    {
        await _storage.StartAsync();
        _other = await _storage.OpenAsync(_storage.Time, isExpiredByServer: false);
    }

    public async ValueTask DisposeAsync()
    {
        _other?.Dispose();
        await _storage.DisposeAsync();
    }

    [Fact]
    public async Task First_sightings_of_one_identifier_at_the_same_time_create_one_profile()
    {
        for (var round = 1; round <= 10; round++)
        {
            var sightings = Enumerable.Range(0, 6).Select(sighting => SightAsync(round, (round * 10) + sighting)).ToList();

            var answers = await Task.WhenAll(sightings);

            Assert.Single(answers, CommitAnswer.Stored);
            Assert.Equal(5, answers.Count(answer => answer == CommitAnswer.Stale));
        }
    }

    [Fact]
    public async Task Interactions_of_one_person_through_both_nodes_are_all_stored_and_the_profile_lives_as_long_as_the_last()
    {
        await One.Records.CommitAsync(MicroBatches.Of(A.NewProfile(A.Ada), A.Interaction(100, A.Ada)), Cancellation);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Node(number).Records.CommitAsync(
            MicroBatches.Of(A.KnownProfile(A.Ada), A.Interaction(number, A.Ada, until: A.InAMonth.AddDays(number))), Cancellation)));

        Assert.All(answers, answer => Assert.Equal([CommitAnswer.Stored], answer));
        var control = Assert.Single(await One.Identities.ReadControlsAsync(A.Tenant, [A.Ada], Cancellation));
        Assert.Equal(A.InAMonth.AddDays(19), control?.ExpireAt);
    }

    [Fact]
    public async Task Message_that_arrives_at_both_nodes_is_stored_once_whatever_classes_each_decided()
    {
        RetentionClass[][] decided = [[RetentionClass.Fiscal, RetentionClass.Order], [RetentionClass.Marketing]];
        for (var number = 1; number <= 10; number++)
        {
            var writes = Enumerable.Range(0, 4).Select(writer => Node(writer).Records.CommitAsync(
                MicroBatches.Anonymous(A.Interaction(number, classes: decided[writer % 2])), Cancellation));

            var answers = (await Task.WhenAll(writes)).Select(Assert.Single).ToList();

            Assert.Single(answers, CommitAnswer.Stored);
            var stored = await One.Profiles.FindAsync(A.Tenant, A.Key(number), Cancellation);
            Assert.Contains(stored.Select(record => record.Class).Order().ToArray(), decided);
        }
    }

    [Fact]
    [Trait("Compliance", "E46")]
    public async Task Nothing_decided_before_a_withdrawal_is_stored_after_it_was_answered()
    {
        await One.Records.CommitAsync(MicroBatches.Of(A.NewProfile(A.Ada), A.Interaction(1_000, A.Ada)), Cancellation);
        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 4).Select(writer => WriteUntilAsync(writer, stop.Token)).ToList();

        await Other.Consents.AppendAsync(new ConsentAppend { Entry = A.Consent(A.Ada, state: ConsentState.Withdrawn), IsNewProfile = false, ExpectedEpoch = 0 }, Cancellation);
        var answered = await One.Reviews.ListRecordsAsync(A.Tenant, A.Ada, after: null, 10_000, Cancellation);
        var late = await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Node(writer).Records.CommitAsync(
            MicroBatches.Of(A.KnownProfile(A.Ada), A.Interaction(5_000 + writer, A.Ada)), Cancellation)));
        await stop.CancelAsync();
        await Task.WhenAll(writers);

        Assert.All(late, answer => Assert.Equal([CommitAnswer.Stale], answer));
        Assert.Equal(answered.Count, (await Other.Reviews.ListRecordsAsync(A.Tenant, A.Ada, after: null, 10_000, Cancellation)).Count);
    }

    [Fact]
    public async Task Repeated_request_at_both_nodes_is_appended_once()
    {
        await One.Records.CommitAsync(MicroBatches.Of(A.NewProfile(A.Ada), A.Interaction(1, A.Ada)), Cancellation);

        var appended = await Task.WhenAll(Enumerable.Range(0, 6).Select(node => Node(node).Consents.AppendAsync(
            new ConsentAppend { Entry = A.Consent(A.Ada), IsNewProfile = false, ExpectedEpoch = 0 }, Cancellation)));

        Assert.Single(appended, answer => !answer.IsRepeat);
        Assert.Single(Assert.Single(await One.Consents.ReadAsync(A.Tenant, [A.Ada], Cancellation)));
    }

    private MongoStore Node(int number) => number % 2 == 0 ? One : Other;

    private async Task<CommitAnswer> SightAsync(int identifier, int number)
    {
        var profile = A.Profile(number);
        var batch = MicroBatches.Of(A.NewProfile(profile, A.Identifier(identifier)), A.Interaction(number, profile));
        return Assert.Single(await Node(number).Records.CommitAsync(batch, Cancellation));
    }

    private async Task WriteUntilAsync(int writer, CancellationToken stop)
    {
        for (var number = writer; !stop.IsCancellationRequested; number += 4)
        {
            await Node(writer).Records.CommitAsync(MicroBatches.Of(A.KnownProfile(A.Ada), A.Interaction(number, A.Ada)), Cancellation);
        }
    }
}
