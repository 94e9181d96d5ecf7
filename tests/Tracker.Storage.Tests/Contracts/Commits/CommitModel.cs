using Tracker.Core.Consents;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Retention;

namespace Tracker.Storage.Tests.Contracts.Commits;

/// <summary>What a store must answer and hold, in dictionaries: no bytes, no alarms.</summary>
internal sealed class CommitModel
{
    private readonly Dictionary<ProfileId, ModelProfile> _profiles = [];
    private readonly Dictionary<IdentifierHash, (ProfileId Profile, DateTimeOffset End)> _links = [];
    private readonly Dictionary<InteractionKey, ModelInteraction> _interactions = [];
    private readonly Dictionary<UInt128, (ProfileId Profile, DateTimeOffset End)> _requests = [];

    public DateTimeOffset Now { get; set; }

    public ModelProfile? Find(ProfileId profile) =>
        _profiles.TryGetValue(profile, out var found) && found.ExpireAt > Now ? found : null;

    public ProfileId? Find(IdentifierHash identifier) =>
        _links.TryGetValue(identifier, out var link) && link.End > Now ? link.Profile : null;

    public IEnumerable<RetentionClass> Find(InteractionKey key) =>
        _interactions.TryGetValue(key, out var found) ? found.Ends.Where(pair => pair.Value > Now).Select(pair => pair.Key).Order() : [];

    public CommitAnswer[] Commit(MicroBatch batch)
    {
        var standings = batch.Interactions.Select(write => Standing(write, batch.Id)).ToList();
        var stale = new HashSet<ProfileId>();
        foreach (var change in batch.Profiles)
        {
            var own = batch.Interactions.Where((write, i) => write.Profile == change.Profile && standings[i] is null).ToList();
            if (own.Count == 0)
            {
                continue;
            }

            var hasDuplicate = batch.Interactions.Where((write, i) => write.Profile == change.Profile && standings[i] == CommitAnswer.Duplicate).Any();
            if (hasDuplicate || IsStale(change.IsNew, change.ExpectedEpoch, change.Profile, change.NewIdentifiers))
            {
                stale.Add(change.Profile);
                continue;
            }

            var until = own.SelectMany(write => write.Records).Max(record => record.ExpireAt!.Value);
            Apply(change.Profile, change.NewIdentifiers, until, raise: 0);
        }

        return [.. batch.Interactions.Select((write, i) => Settle(write, batch.Id, standings[i], stale))];
    }

    public bool Append(ConsentAppend append)
    {
        var entry = append.Entry;
        if (_requests.TryGetValue(entry.RequestHash, out var request) && request.End > Now)
        {
            return true;
        }

        if (IsStale(append.IsNewProfile, append.ExpectedEpoch, entry.Profile, append.NewIdentifiers))
        {
            return false;
        }

        _requests[entry.RequestHash] = (entry.Profile, entry.ExpireAt!.Value);
        Apply(entry.Profile, append.NewIdentifiers, entry.ExpireAt.Value, raise: 1);
        return true;
    }

    public bool Review(ProfileRevision revision)
    {
        if (Find(revision.Profile) is not { } stored || stored.Epoch != revision.ExpectedEpoch)
        {
            return false;
        }

        foreach (var record in revision.Rewritten)
        {
            if (_interactions.TryGetValue(record.Key, out var found) && found.Profile == revision.Profile && found.Ends.TryGetValue(record.Class, out var end) && end > Now)
            {
                found.Ends[record.Class] = record.ExpireAt!.Value;
            }
        }

        foreach (var address in revision.Deleted)
        {
            Delete(revision.Profile, address);
        }

        Restamp(revision.Profile, stored);
        return true;
    }

    public bool Hold(ProfileId profile, long expectedEpoch, bool isHeld)
    {
        if (Find(profile) is not { } stored || stored.Epoch != expectedEpoch)
        {
            return false;
        }

        Restamp(profile, stored with { Epoch = stored.Epoch + 1, IsHeld = isHeld });
        return true;
    }

    /// <summary>What is past its end goes, but for what a hold keeps.</summary>
    public void Sweep()
    {
        foreach (var (key, interaction) in _interactions.ToList())
        {
            foreach (var (member, _) in interaction.Ends.Where(pair => pair.Value <= Now && !IsSaved(interaction, pair)).ToList())
            {
                Delete(interaction.Profile, new RecordAddress(Now, key, member));
            }
        }
    }

    private bool IsSaved(ModelInteraction interaction, KeyValuePair<RetentionClass, DateTimeOffset> end) =>
        end.Key == RetentionClass.Fiscal && Find(interaction.Profile)?.IsHeld == true;

    private CommitAnswer? Standing(InteractionWrite write, BatchId batch)
    {
        if (!_interactions.TryGetValue(write.Key, out var stored) || !(stored.IsLive(Now) || stored.Ends.Any(pair => IsSaved(stored, pair))))
        {
            return null;
        }

        return stored.Batch == batch ? CommitAnswer.Stored : CommitAnswer.Duplicate;
    }

    private bool IsStale(bool isNew, long epoch, ProfileId profile, IReadOnlyList<IdentifierHash> identifiers)
    {
        var stored = Find(profile);
        return (isNew ? stored is not null : stored?.Epoch != epoch)
            || identifiers.Any(identifier => Find(identifier) is { } known && (isNew || known != profile));
    }

    private void Apply(ProfileId profile, IReadOnlyList<IdentifierHash> added, DateTimeOffset until, long raise)
    {
        var before = Find(profile);
        Put(profile, added, before, new ModelProfile(
            (before?.Epoch ?? 0) + raise,
            [.. (before?.Identifiers ?? []).Union(added)],
            ExpiryStamps.Later(before?.ExpireAt ?? until, until),
            before?.IsHeld ?? false));
    }

    private void Restamp(ProfileId profile, ModelProfile changed)
    {
        var ends = _interactions.Values.Where(interaction => interaction.Profile == profile).SelectMany(interaction => interaction.Ends.Values)
            .Concat(_requests.Values.Where(request => request.Profile == profile).Select(request => request.End));
        Put(profile, [], Find(profile), changed with { ExpireAt = changed.IsHeld ? StoredTime.NoEnd : ends.Append(Now).Max() });
    }

    private void Delete(ProfileId profile, RecordAddress address)
    {
        if (!_interactions.TryGetValue(address.Key, out var found) || found.Profile != profile || !found.Ends.Remove(address.Class))
        {
            return;
        }

        _interactions[address.Key] = found with { Full = found.Full.Without(address.Class) };
        if (found.Ends.Count == 0)
        {
            _interactions.Remove(address.Key);
        }
    }

    private void Put(ProfileId profile, IReadOnlyList<IdentifierHash> added, ModelProfile? before, ModelProfile after)
    {
        _profiles[profile] = after;
        var end = ExpiryStamps.ForIdentifier(after.ExpireAt);
        var isMoved = before is null || ExpiryStamps.ForIdentifier(before.ExpireAt) != end;
        foreach (var identifier in (isMoved ? after.Identifiers : added).Where(identifier => Find(identifier) is not { } other || other == profile))
        {
            _links[identifier] = (profile, end);
        }
    }

    private CommitAnswer Settle(InteractionWrite write, BatchId batch, CommitAnswer? standing, HashSet<ProfileId> stale)
    {
        if (standing == CommitAnswer.Duplicate || (standing == CommitAnswer.Stored && write.Profile.IsNone))
        {
            Complete(write, _interactions[write.Key]);
        }

        if (standing is { } known)
        {
            return known;
        }

        if (stale.Contains(write.Profile))
        {
            return CommitAnswer.Stale;
        }

        _interactions[write.Key] = new ModelInteraction(write.Profile, batch, write.Records[0].Classes, write.Records.ToDictionary(record => record.Class, record => record.ExpireAt!.Value));
        return CommitAnswer.Stored;
    }

    private void Complete(InteractionWrite write, ModelInteraction stored)
    {
        if (write.Profile != stored.Profile || (!write.Profile.IsNone && Find(write.Profile) is null))
        {
            return;
        }

        foreach (var record in write.Records.Where(record => stored.Full.Contains(record.Class) && !stored.Ends.ContainsKey(record.Class)))
        {
            stored.Ends[record.Class] = record.ExpireAt!.Value;
            if (!write.Profile.IsNone)
            {
                Apply(write.Profile, [], record.ExpireAt.Value, raise: 0);
            }
        }
    }
}
