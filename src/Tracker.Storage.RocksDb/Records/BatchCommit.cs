using Tracker.Core.Ingestion;
using Tracker.Core.Ingestion.Claims;
using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Engine;
using Tracker.Storage.RocksDb.Identities;

namespace Tracker.Storage.RocksDb.Records;

/// <summary>One micro-batch on its way into the store: looked up, checked, gathered in the session.</summary>
internal sealed class BatchCommit
{
    private readonly StoreTables _tables;
    private readonly WriteSession _session;
    private readonly MicroBatch _batch;
    private readonly DateTimeOffset _now;
    private readonly Dictionary<ProfileId, ProfilePlan> _profiles;
    private readonly ProfileWriter _profileWriter;
    private readonly InteractionWriter _interactions;
    private readonly HalfWritten _halfWritten;

    public BatchCommit(StoreTables tables, WriteSession session, MicroBatch batch)
    {
        _tables = tables;
        _session = session;
        _batch = batch;
        _now = tables.Engine.Now;
        _profiles = batch.Profiles.ToDictionary(change => change.Profile, change => new ProfilePlan(change));
        _profileWriter = new ProfileWriter(tables, session, batch.Tenant, _now);
        _interactions = new InteractionWriter(tables, session, batch.Id);
        _halfWritten = new HalfWritten(tables, session, _profileWriter);
    }

    public CommitAnswer[] Gather()
    {
        var stored = _tables.Interactions.FindAll(_batch.Interactions, (buffer, write) => InteractionEntryKey.Write(buffer[..InteractionKey.Size], write.Key));
        _profileWriter.Read(_batch.Profiles);
        var plans = new InteractionPlan[_batch.Interactions.Count];
        for (var i = 0; i < plans.Length; i++)
        {
            plans[i] = LookUp(_batch.Interactions[i], stored[i]);
        }

        foreach (var plan in _profiles.Values)
        {
            Change(plan);
        }

        var answers = new CommitAnswer[plans.Length];
        for (var i = 0; i < answers.Length; i++)
        {
            answers[i] = Answer(_batch.Interactions[i], plans[i]);
        }

        _halfWritten.ExtendProfiles();
        return answers;
    }

    private InteractionPlan LookUp(InteractionWrite write, InteractionEntry? stored)
    {
        WriteRules.Check(_batch, write);
        var standing = write.Replaces is { } sale ? StandingOf(stored, sale) : StandingOf(stored);
        if (!write.Profile.IsNone)
        {
            WriteRules.PlanOf(_profiles, write.Profile).Note(write, standing);
        }

        return new InteractionPlan(standing, stored);
    }

    private InteractionStanding StandingOf(InteractionEntry? stored)
    {
        if (stored is null || !(_tables.Interactions.IsLive(stored, _now) || IsSaved(stored)))
        {
            return InteractionStanding.Fresh;
        }

        WriteRules.CheckOwner(_batch.Tenant, stored.Tenant);
        return stored.Batch == _batch.Id ? InteractionStanding.Own : InteractionStanding.Duplicate;
    }

    /// <summary>As it was read, or somebody else was faster.</summary>
    private InteractionStanding StandingOf(InteractionEntry? stored, AnonymousSale sale)
    {
        var isThere = stored is { Profile.IsNone: true } && stored.Batch == sale.Batch && _tables.Interactions.IsLive(stored, _now);
        return isThere ? InteractionStanding.Fresh : StandingOf(stored) == InteractionStanding.Own ? InteractionStanding.Own : InteractionStanding.Duplicate;
    }

    /// <summary>Past its end, and still stored because a legal hold keeps it: a repeat must not take its place.</summary>
    private bool IsSaved(InteractionEntry stored) =>
        (Holding.ClassesOf(_profileWriter.FindControl(stored.Profile)).Bits & stored.Present.Bits) != 0;

    private void Change(ProfilePlan plan)
    {
        if (!plan.HasFresh)
        {
            return;
        }

        var update = plan.Change.ToUpdate();
        var control = _profileWriter.FindControl(update.Profile);
        var contact = plan.Change.Contact is null ? null : FindContact(update.Profile);
        plan.IsStale = plan.HasDuplicate || _profileWriter.IsStale(update, control) || plan.Change.Contact?.Follows(contact) == false;
        if (!plan.IsStale)
        {
            var endsEarlier = plan.ContactEndsEarlier(contact);
            _profileWriter.Apply(update with { MayEndEarlier = endsEarlier }, control, endsEarlier ? CountedAnew(plan) : plan.UntilWithContact);
            PutContact(plan.Change.Contact);
        }
    }

    private DateTimeOffset CountedAnew(ProfilePlan plan)
    {
        var ends = new ProfileEnds(_tables, _batch.Tenant, plan.Change.Profile, _now);
        return ExpiryStamps.Later(plan.UntilWithContact, ExpiryStamps.Later(ends.OfRecords(), ends.OfConsents()));
    }

    private ContactDocument? FindContact(ProfileId profile)
    {
        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        return _tables.Contacts.FindLive(ProfileKey.Write(buffer, _batch.Tenant, profile), _now);
    }

    private void PutContact(ContactDocument? contact)
    {
        if (contact is null)
        {
            return;
        }

        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        var key = ProfileKey.Write(buffer, _batch.Tenant, contact.Profile);
        _tables.Contacts.Put(_session, key, contact, _tables.Contacts.Find(key));
    }

    private CommitAnswer Answer(InteractionWrite write, InteractionPlan plan)
    {
        var profile = write.Profile.IsNone ? null : _profiles[write.Profile];
        if (plan.Standing == InteractionStanding.Duplicate)
        {
            if (write.Replaces is null)
            {
                _halfWritten.Complete(write, profile?.Change, plan.Stored!);
            }

            return CommitAnswer.Duplicate;
        }

        if (plan.Standing == InteractionStanding.Own)
        {
            CompleteOwn(write, plan.Stored!);
            return CommitAnswer.Stored;
        }

        if (profile?.IsStale == true)
        {
            return CommitAnswer.Stale;
        }

        _interactions.Store(write, plan.Stored);
        return CommitAnswer.Stored;
    }

    /// <summary>What is of a person is written whole or not at all; what is of nobody an engine may leave half written.</summary>
    private void CompleteOwn(InteractionWrite write, InteractionEntry stored)
    {
        if (write.Profile.IsNone)
        {
            _halfWritten.Complete(write, change: null, stored);
        }
    }
}
