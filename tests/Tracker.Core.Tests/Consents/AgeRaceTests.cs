using Microsoft.Extensions.Options;
using Tracker.Core.Consents;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Security;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>E13: what is stated of an age while something else is written is not lost.</summary>
public sealed class AgeRaceTests : MovingChild
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "E13")]
    public async Task A_move_that_is_told_while_a_consent_is_written_is_not_lost(bool isMeanwhile)
    {
        await Tracker.RecordAsync(An.Receipt(by: An.Ada));
        await RegisterAsync(An.Notice("child") with { Id = "child", Scope = An.Notice().Scope with { IsChildLanguage = true } });
        await StateAsync(Born, "IT", "italy", Now);
        Advance(TimeSpan.FromHours(1));
        async Task MoveAsync() => await StateAsync(null, "DE", "germany", Now);
        if (!isMeanwhile)
        {
            await MoveAsync();
        }

        await Record.ExceptionAsync(() => LedgerOn(new InterruptedLedger(Tracker.Store.Consents, isMeanwhile ? MoveAsync : () => Task.CompletedTask)).RecordAsync(
            Tracker.Caller,
            An.Consent(Purpose.Analytics, An.Ada, Now, "alone") with { Age = new(Born, ""), NoticeId = "child", NoticeVersion = "child" },
            Cancellation));
        Advance(TimeSpan.FromHours(1));

        Assert.Equal(Reason.GuardianRequired, (await Record.ExceptionAsync(() => RecordAsync(An.Consent(Purpose.CustomerCare, An.Ada, Now, "later") with { NoticeId = "child", NoticeVersion = "child" })) as RefusalException)?.Reason switch
        {
            RefusalReason.GuardianRequired => Reason.GuardianRequired,
            _ => Reason.None,
        });
        Assert.False(await MayAsync(Purpose.Analytics, An.Ada));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "E13")]
    public async Task A_move_that_two_nodes_write_around_is_not_lost(bool isMeanwhile)
    {
        await Tracker.RecordAsync(An.Receipt(by: An.Ada));
        await RegisterAsync(An.Notice("child") with { Id = "child", Scope = An.Notice().Scope with { IsChildLanguage = true } });
        await StateAsync(Born, "IT", "italy", Now);
        Advance(TimeSpan.FromHours(1));
        var older = Now;
        Advance(TimeSpan.FromHours(1));
        InteractionDraft Account(string id, string country, DateTimeOffset at) =>
            An.Newsletter(id, An.Ada, at) with { Type = "account.opened", Content = new() { Contact = new() { PostalAddress = new() { Region = country } } } };

        async Task MoveAsync() => Assert.NotEqual(Outcome.Denied, (await Tracker.RecordAsync(Account("germany", "DE", Now))).Outcome);
        if (!isMeanwhile)
        {
            await MoveAsync();
        }

        var sound = Tracker.Rules.Judge(Tracker.Caller, Account("older", "FR", older), Now).Sound!;
        await Tracker.PipelineOn(new InterruptedRecords(Tracker.Store.Records, isMeanwhile ? MoveAsync : () => Task.CompletedTask)).ProcessAsync(Tracker.Caller.Tenant, [new PendingInteraction(sound)], Cancellation);
        Advance(TimeSpan.FromHours(1));
        await StateAsync(null, "IT", "still-italy", older.AddMinutes(1));

        var refused = await Record.ExceptionAsync(() => RecordAsync(An.Consent(Purpose.Analytics, An.Ada, Now, "alone") with { NoticeId = "child", NoticeVersion = "child" })) as RefusalException;

        Assert.Equal(RefusalReason.GuardianRequired, refused?.Reason);
    }

    private sealed class InterruptedRecords(IRecordStore inner, Func<Task> interruption) : IRecordStore
    {
        private bool _isOver;

        public int CommitsAtATime => inner.CommitsAtATime;

        public int MinPartSize => inner.MinPartSize;

        public Task<IReadOnlyList<bool>> ExistAsync(TenantId tenant, IReadOnlyList<InteractionKey> keys, CancellationToken cancellation) => inner.ExistAsync(tenant, keys, cancellation);

        public Task<IReadOnlyList<ContactDocument?>> ReadContactsAsync(TenantId tenant, IReadOnlyList<ProfileId> profiles, CancellationToken cancellation) => inner.ReadContactsAsync(tenant, profiles, cancellation);

        public async Task<IReadOnlyList<CommitAnswer>> CommitAsync(MicroBatch batch, CancellationToken cancellation)
        {
            if (!_isOver)
            {
                _isOver = true;
                await interruption();
            }

            return await inner.CommitAsync(batch, cancellation);
        }
    }

    private ConsentLedger LedgerOn(IConsentStore store)
    {
        var (hasher, dataKeys, options) = (new KeyedHasher(Tracker.Keys, Tracker.Time), new DataKeys(Tracker.Keys, Tracker.Time), Options.Create(new ConsentOptions()));
        var others = new OtherProfilesReader(Tracker.Store.Identities, store, Tracker.Store.Keys, dataKeys, Tracker.Policies);
        var appender = new LedgerAppender(store, Tracker.Store.Identities, Tracker.Store.Keys, hasher, dataKeys, new LedgerPreparation(hasher, dataKeys, TestTracker.Passes), others, Tracker.Policies, Tracker.Time);
        return new(appender, new NoAppender(appender, Tracker.Store.Identities, Tracker.Policies), new NoticeCheck(Tracker.Store.Notices, Tracker.Policies, Tracker.Time), Tracker.Lookup, options, Tracker.Time);
    }

    private sealed class InterruptedLedger(IConsentStore inner, Func<Task> interruption) : IConsentStore
    {
        private bool _isOver;

        public async Task<ConsentAppended> AppendAsync(ConsentAppend append, CancellationToken cancellation)
        {
            if (!_isOver)
            {
                _isOver = true;
                await interruption();
            }

            return await inner.AppendAsync(append, cancellation);
        }

        public Task<IReadOnlyList<IReadOnlyList<ConsentEntry>>> ReadAsync(TenantId tenant, IReadOnlyList<ProfileId> profiles, CancellationToken cancellation) => inner.ReadAsync(tenant, profiles, cancellation);

        public Task<ConsentAppended?> FindRepeatAsync(TenantId tenant, UInt128 requestHash, CancellationToken cancellation) => inner.FindRepeatAsync(tenant, requestHash, cancellation);

        public Task<ConsentEntry?> FindConfirmationAsync(TenantId tenant, UInt128 confirmation, CancellationToken cancellation) => inner.FindConfirmationAsync(tenant, confirmation, cancellation);
    }
}
