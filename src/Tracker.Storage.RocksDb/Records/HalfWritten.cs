using Tracker.Core.Identities;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Engine;
using Tracker.Storage.RocksDb.Identities;

namespace Tracker.Storage.RocksDb.Records;

/// <summary>Completes interactions of which an interrupted write left some classes out.</summary>
internal sealed class HalfWritten(StoreTables tables, WriteSession session, ProfileWriter profiles)
{
    private readonly Dictionary<ProfileId, DateTimeOffset> _untils = [];

    /// <param name="change">Of the profile of the write; null for one without a person.</param>
    public void Complete(InteractionWrite write, ProfileChange? change, InteractionEntry entry)
    {
        if (entry.Missing.IsEmpty || !IsReachable(write, entry))
        {
            return;
        }

        var completed = entry;
        foreach (var record in write.Records)
        {
            // A payload whose key is only offered together with it could not be opened: this change is not applied.
            if (completed.Missing.Contains(record.Class) && change?.NewKeys.ContainsKey(record.Class) != true)
            {
                completed = Add(record, completed);
            }
        }

        PutEntry(completed, entry);
    }

    /// <summary>Lets the profiles live as long as what was added.</summary>
    public void ExtendProfiles()
    {
        foreach (var (profile, until) in _untils)
        {
            if (profiles.FindControl(profile) is { } control && control.ExpireAt < until)
            {
                profiles.Apply(ProfileUpdate.OfEnd(control), control, until);
            }
        }
    }

    // A record of a profile without control could not be reached, nor one that is filed under another profile.
    private bool IsReachable(InteractionWrite write, InteractionEntry entry) =>
        write.Profile == entry.Profile && (entry.Profile.IsNone || profiles.FindControl(entry.Profile) is not null);

    private InteractionEntry Add(InteractionRecord record, InteractionEntry entry)
    {
        // Records of an interaction stay neighbours, under the class set of the first write.
        var added = record with { OccurredAt = entry.OccurredAt, Classes = entry.Expected, Batch = entry.Batch };
        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        tables.Records.Put(session, RecordKey.Write(buffer, added), added, replaced: null);
        return entry.With(added);
    }

    private void PutEntry(InteractionEntry completed, InteractionEntry entry)
    {
        if (completed.Present == entry.Present)
        {
            return;
        }

        Span<byte> buffer = stackalloc byte[InteractionKey.Size];
        tables.Interactions.Put(session, InteractionEntryKey.Write(buffer, entry.Key), completed, entry);
        if (!entry.Profile.IsNone)
        {
            _untils[entry.Profile] = ExpiryStamps.Later(completed.ExpireAt, _untils.GetValueOrDefault(entry.Profile));
        }
    }
}
