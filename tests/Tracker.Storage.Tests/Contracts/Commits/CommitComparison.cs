using Tracker.Core.Consents;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.Contracts.Commits;

/// <summary>Takes each step with the store and with the model, and compares all that can be seen.</summary>
internal sealed class CommitComparison<TStorage> : IAsyncDisposable
    where TStorage : IStorageUnderTest, new()
{
    private readonly TStorage _storage = new();
    private readonly CommitModel _model = new() { Now = A.Noon };
    private BatchId _lastBatch;

    public static async Task<CommitComparison<TStorage>> StartAsync()
    {
        var comparison = new CommitComparison<TStorage>();
        await comparison._storage.StartAsync();
        return comparison;
    }

    public async Task TakeAsync(CommitStep step)
    {
        switch (step)
        {
            case CommitStep.Commit commit:
                await CommitAsync(commit);
                break;
            case CommitStep.Consent consent:
                await AppendAsync(consent);
                break;
            case CommitStep.Review review:
                await ReviewAsync(review);
                break;
            case CommitStep.Hold hold:
                await HoldAsync(A.Profile(hold.Profile), hold.IsHeld);
                break;
            case CommitStep.Wait wait:
                _model.Now += TimeSpan.FromHours(wait.Hours);
                _storage.Time.SetUtcNow(_model.Now);
                break;
            case CommitStep.Sweep sweep:
                await SweepAsync(sweep.Limit);
                _model.Sweep();
                break;
        }

        await CompareAsync();
    }

    /// <summary>Whatever has happened, time alone must empty the store once no hold is left.</summary>
    public async Task WaitForTheEndAsync()
    {
        for (var number = 1; number <= 3; number++)
        {
            await HoldAsync(A.Profile(number), isHeld: false);
        }

        _storage.Time.SetUtcNow(_model.Now.AddYears(1));
        await SweepAsync(limit: 5);
        Assert.Empty(await _storage.ListOccupiedAsync());
    }

    public ValueTask DisposeAsync() => _storage.DisposeAsync();

    private async Task SweepAsync(int limit)
    {
        while (!(await _storage.Expiry.SweepAsync(limit, CancellationToken.None)).IsDone)
        {
        }
    }

    private async Task CommitAsync(CommitStep.Commit commit)
    {
        var changes = commit.Interactions.Select(interaction => interaction.Profile).Where(profile => profile > 0).Distinct();
        _lastBatch = commit.RepeatsBatch ? _lastBatch : BatchId.New(A.Noon);
        var batch = new MicroBatch(A.Tenant, _lastBatch, [.. changes.Select(profile => Change(profile, commit))], [.. commit.Interactions.Select(Write)]);

        var expected = _model.Commit(batch);

        Assert.Equal(expected, await _storage.Records.CommitAsync(batch, CancellationToken.None));
    }

    private async Task AppendAsync(CommitStep.Consent consent)
    {
        var stored = _model.Find(A.Profile(consent.Profile));
        var append = new ConsentAppend
        {
            Entry = A.Consent(A.Profile(consent.Profile), consent.Request, _model.Now.AddDays(consent.Days).AddMinutes(90)),
            IsNewProfile = stored is null,
            ExpectedEpoch = stored?.Epoch ?? 0,
        };

        var isAppended = _model.Append(append);

        Assert.Equal(isAppended, (await _storage.Consents.AppendAsync(append, CancellationToken.None)).Entry is not null);
    }

    private async Task ReviewAsync(CommitStep.Review review)
    {
        var profile = A.Profile(review.Profile);
        var epoch = _model.Find(profile)?.Epoch ?? 0;
        var revision = Revisions.Of(profile, review.IsOutOfDate ? epoch + 1 : epoch) with
        {
            Deleted = [.. review.Deleted.Distinct().Select(number => Revisions.Address(number, RetentionClass.Fiscal))],
            Rewritten = [.. review.Rewritten.Distinct().Select(number => A.Record(number, profile, RetentionClass.Order, until: _model.Now.AddMinutes(review.Minutes)))],
        };

        Assert.Equal(_model.Review(revision), await _storage.Reviews.ApplyAsync(revision, CancellationToken.None));
    }

    private async Task HoldAsync(ProfileId profile, bool isHeld)
    {
        var epoch = _model.Find(profile)?.Epoch ?? 0;
        ProfileHold[] holds = isHeld ? [new("case-1", RetentionClasses.Of([RetentionClass.Fiscal]))] : [];

        var isChanged = _model.Hold(profile, epoch, isHeld);

        Assert.Equal(isChanged, await _storage.Reviews.ChangeHoldsAsync(A.Tenant, profile, epoch, holds, isRestricted: false, [], CancellationToken.None));
    }

    private ProfileChange Change(int number, CommitStep.Commit commit)
    {
        var profile = A.Profile(number);
        IdentifierHash[] identifiers = commit.Identifiers.TryGetValue(number, out var identifier) ? [A.Identifier(identifier)] : [];
        var stored = _model.Find(profile);
        var change = stored is null ? A.NewProfile(profile, identifiers) : A.KnownProfile(profile, stored.Epoch, identifiers);
        return commit.OutOfDate.Contains(number) ? change with { ExpectedEpoch = change.ExpectedEpoch + 1, IsNew = false } : change;
    }

    private InteractionWrite Write(PlannedInteraction planned)
    {
        var profile = planned.Profile == 0 ? ProfileId.None : A.Profile(planned.Profile);
        var until = _model.Now.AddMinutes(planned.Minutes);
        return A.Interaction([.. planned.Written.Members().Select(member => A.Record(planned.Number, profile, member, planned.Full, until: until))]);
    }

    private async Task CompareAsync()
    {
        for (var number = 1; number <= 6; number++)
        {
            var records = await _storage.Profiles.FindAsync(A.Tenant, A.Key(number), CancellationToken.None);
            Assert.Equal(_model.Find(A.Key(number)), records.Select(record => record.Class).Order());
        }

        for (var number = 1; number <= 3; number++)
        {
            var control = Assert.Single(await _storage.Identities.ReadControlsAsync(A.Tenant, [A.Profile(number)], CancellationToken.None));
            var seen = control is null ? null : new ModelProfile(control.ConsentEpoch, control.Identifiers, control.ExpireAt, control.Holds.Count > 0);
            Assert.Equivalent(_model.Find(A.Profile(number)), seen, strict: true);
        }

        for (var number = 1; number <= 4; number++)
        {
            var link = Assert.Single(await _storage.Identities.FindAsync(A.Tenant, [A.Identifier(number)], CancellationToken.None));
            Assert.Equal(_model.Find(A.Identifier(number)), link);
        }
    }
}
