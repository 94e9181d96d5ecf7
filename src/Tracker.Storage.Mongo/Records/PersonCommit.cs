using Tracker.Core.Identities;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Storage.Mongo.Engine;
using Tracker.Storage.Mongo.Identities;

namespace Tracker.Storage.Mongo.Records;

/// <summary>
/// The interactions of persons of one micro-batch: looked up, checked, gathered in one transaction. The first attempt takes
/// for new what was so when it was decided; a key that is taken after all makes it begin again, and then it looks.
/// </summary>
internal sealed class PersonCommit
{
    private readonly StoreTables _tables;
    private readonly WriteSession _session;
    private readonly MicroBatch _batch;
    private readonly IReadOnlyList<InteractionWrite> _writes;
    private readonly DateTimeOffset _now;
    private readonly Dictionary<ProfileId, ProfilePlan> _plans;
    private readonly ProfileDocuments _documents;
    private readonly ProfileWriter _profiles;
    private readonly bool _isCareful;

    public PersonCommit(StoreTables tables, WriteSession session, MicroBatch batch, IReadOnlyList<InteractionWrite> writes, bool isCareful)
    {
        _isCareful = isCareful;
        _tables = tables;
        _session = session;
        _batch = batch;
        _writes = writes;
        _now = tables.Engine.Now;
        _plans = batch.Profiles.ToDictionary(change => change.Profile, change => new ProfilePlan(change));
        _documents = new ProfileDocuments(tables, session, batch.Tenant);
        _profiles = new ProfileWriter(tables, session, _documents);
    }

    public async Task<CommitAnswer[]> GatherAsync(CancellationToken cancellation)
    {
        // What takes the place of something is looked at in any case.
        var sought = _writes.Where(write => _isCareful || write.Replaces is not null).Select(write => write.Key).ToList();
        var heads = sought.Count == 0 ? [] : await _tables.Records.FindHeadsAsync(_session, sought, cancellation);
        var standings = _writes.Select(write => StandingOf(write, heads.GetValueOrDefault(write.Key))).ToArray();
        for (var i = 0; i < standings.Length; i++)
        {
            WriteRules.PlanOf(_plans, _writes[i].Profile).Note(_writes[i], standings[i]);
        }

        await new PlannedChanges(_tables, _session, _batch.Tenant, _documents, _profiles, _isCareful).ApplyAsync([.. _plans.Values.Where(plan => plan.HasFresh)], cancellation);
        var answers = new CommitAnswer[standings.Length];
        for (var i = 0; i < answers.Length; i++)
        {
            answers[i] = Answer(_writes[i], standings[i], heads);
        }

        await CompleteAsync(standings, heads, cancellation);
        return answers;
    }

    private InteractionStanding StandingOf(InteractionWrite write, InteractionHead? head) => write.Replaces is { } sale
        ? InteractionHead.StandingOf(head, _batch, sale, _now)
        : InteractionHead.StandingOf(head, _batch, _now);

    private CommitAnswer Answer(InteractionWrite write, InteractionStanding standing, Dictionary<InteractionKey, InteractionHead> heads)
    {
        if (standing != InteractionStanding.Fresh)
        {
            return standing == InteractionStanding.Own ? CommitAnswer.Stored : CommitAnswer.Duplicate;
        }

        if (_plans[write.Profile].IsStale)
        {
            return CommitAnswer.Stale;
        }

        // What is left of an interaction whose time has passed makes room, and so does the sale of nobody that it is.
        if (heads.ContainsKey(write.Key))
        {
            _session.DeleteAll(_tables.Records.Collection, RecordId.Within(write.Key));
        }

        Insert(write);
        return CommitAnswer.Stored;
    }

    private void Insert(InteractionWrite write)
    {
        var holds = _documents.FindControl(write.Profile)?.Holds ?? [];
        foreach (var document in _tables.Records.New(write, _batch.Id).Documents(holds))
        {
            _session.Insert(_tables.Records.Collection, document);
        }

        foreach (var receipt in write.Replaces?.Receipts ?? [])
        {
            _tables.Receipts.Delete(_session, DocumentId.OfReceipt(_batch.Tenant, receipt, write.Key));
        }
    }

    private async Task CompleteAsync(InteractionStanding[] standings, Dictionary<InteractionKey, InteractionHead> heads, CancellationToken cancellation)
    {
        for (var i = 0; i < standings.Length; i++)
        {
            if (standings[i] == InteractionStanding.Duplicate && _writes[i].Replaces is null && heads[_writes[i].Key].Classes.Count > 1)
            {
                await CompleteAsync(_writes[i], cancellation);
            }
        }
    }

    private async Task CompleteAsync(InteractionWrite write, CancellationToken cancellation)
    {
        if (_documents.FindControl(write.Profile) is null)
        {
            await _documents.ReadAsync([write.Profile], cancellation);
        }

        // A record of a profile without control could not be reached.
        if (_documents.FindControl(write.Profile) is not { } control)
        {
            return;
        }

        var until = await new HalfWritten(_tables, _session).CompleteAsync(write, _plans[write.Profile].Change, control.Holds, cancellation);
        if (until > control.ExpireAt)
        {
            await _documents.ReadKeysAsync([write.Profile], cancellation);
            await _documents.ReadAsync(control.Identifiers, cancellation);
            _profiles.Apply(ProfileUpdate.OfEnd(control), control, until.Value);
        }
    }
}
