using System.Runtime.InteropServices;
using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.Storage.RocksDb.Consents;
using Tracker.Storage.RocksDb.Documents;
using Tracker.Storage.RocksDb.Engine;
using Tracker.Storage.RocksDb.Identities;
using Tracker.Storage.RocksDb.Records;

namespace Tracker.Storage.RocksDb.Retention;

/// <summary>What one pass of the sweeper deletes, gathered in one session.</summary>
internal sealed class SweepChunk(StoreTables tables, WriteSession session)
{
    /// <summary>How soon what a hold has saved is looked at again, if the review of its profile did not write the hold on it.</summary>
    private static readonly TimeSpan HeldInterval = TimeSpan.FromHours(1);

    private readonly Dictionary<ExpiredKind, int> _deleted = [];

    // A batch cannot be read before it is written: what the chunk has changed already is remembered here.
    private readonly Dictionary<InteractionKey, InteractionEntry> _interactions = [];
    private readonly HashSet<string> _gone = [];

    public DateTimeOffset Now { get; } = tables.Engine.Now;

    public IReadOnlyDictionary<ExpiredKind, int> Deleted => _deleted;

    public void Answer(ReadOnlySpan<byte> alarmKey)
    {
        session.Delete(StorePart.Expiry, alarmKey);
        var alarm = Alarm.Read(alarmKey);
        var key = alarm.DocumentKey.Span;
        var document = tables.Engine.Find(StoreParts.Of(alarm.Kind), key, DocumentHead.Codec);
        if (document is null)
        {
            return;
        }

        if (document.IsExpired(Now) && IsHeld(alarm.Kind, key))
        {
            Alarm.Set(session, Now + HeldInterval, alarm.Kind, key);
        }
        else if (document.IsExpired(Now))
        {
            DeleteWithDependants(alarm.Kind, key);
        }
        else if (document.ExpireAt is { } later)
        {
            Alarm.Set(session, later, alarm.Kind, key);
        }
    }

    /// <summary>An errand about a profile that is gone has nothing left to do.</summary>
    public void AnswerErrand(ReadOnlySpan<byte> errandKey)
    {
        if (!ErrandKey.IsOfNobody(errandKey) && tables.Controls.FindLive(ErrandKey.ProfileKeyOf(errandKey), Now) is null)
        {
            Delete(ExpiredKind.Errand, errandKey);
        }
    }

    /// <summary>
    /// A hold reaches the control document first and its records with the review that follows; what expires in between
    /// must not be lost (E21).
    /// </summary>
    private bool IsHeld(ExpiredKind kind, ReadOnlySpan<byte> key) => kind switch
    {
        ExpiredKind.Record => Keeps(RecordKey.ProfileKeyOf(key), RecordKey.ClassOf(key)),
        ExpiredKind.Contact => Keeps(key, RetentionClass.Contact),
        ExpiredKind.Consent => Keeps(ConsentKey.ProfileKeyOf(key), RetentionClass.Evidence),
        _ => false,
    };

    private bool Keeps(ReadOnlySpan<byte> controlKey, RetentionClass member) =>
        Holding.ClassesOf(tables.Controls.FindLive(controlKey, Now)).Contains(member);

    private void DeleteWithDependants(ExpiredKind kind, ReadOnlySpan<byte> key)
    {
        switch (kind)
        {
            case ExpiredKind.Record:
                LeaveInteraction(key);
                break;
            case ExpiredKind.Control:
                DeleteIdentity(key);
                break;
            case ExpiredKind.Consent:
                DeleteRequest(key);
                break;
            case ExpiredKind.Notice:
                tables.NoticeUses.Delete(session, key);
                break;
        }

        Delete(kind, key);
    }

    private void Delete(ExpiredKind kind, ReadOnlySpan<byte> key)
    {
        if (_gone.Add($"{(byte)kind}{Convert.ToHexString(key)}"))
        {
            session.Delete(StoreParts.Of(kind), key);
            CollectionsMarshal.GetValueRefOrAddDefault(_deleted, kind, out _)++;
        }
    }

    private void LeaveInteraction(ReadOnlySpan<byte> recordKey)
    {
        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        var interaction = RecordKey.InteractionOf(recordKey);
        var entryKey = InteractionEntryKey.Write(buffer, interaction);
        var entry = _interactions.GetValueOrDefault(interaction) ?? tables.Interactions.Find(entryKey);
        if (entry is null)
        {
            return;
        }

        var left = entry.Without(RecordKey.ClassOf(recordKey));
        _interactions[interaction] = left;
        if (left.Present.IsEmpty)
        {
            tables.Interactions.Delete(session, entryKey);
        }
        else
        {
            tables.Interactions.Put(session, entryKey, left, entry);
        }
    }

    private void DeleteIdentity(ReadOnlySpan<byte> controlKey)
    {
        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        var control = tables.Controls.Find(controlKey)!;
        foreach (var identifier in control.Identifiers)
        {
            var key = IdentifierKey.Write(buffer, control.Tenant, identifier);
            // A machine that led to others before lasts as long as they do.
            if (tables.Identifiers.Find(key) is { Earlier: [] } link && link.Profile == control.Profile)
            {
                Delete(ExpiredKind.Identifier, key);
            }
        }

        if (tables.Keys.Find(controlKey) is not null)
        {
            Delete(ExpiredKind.Key, controlKey);
        }
    }

    private void DeleteRequest(ReadOnlySpan<byte> consentKey)
    {
        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        var entry = tables.Consents.Find(consentKey)!;
        var key = ConsentRequestKey.Write(buffer, entry.Tenant, entry.RequestHash);
        if (tables.ConsentRequests.Find(key) is { } request && request.Profile == entry.Profile && request.Sequence == entry.Sequence)
        {
            tables.ConsentRequests.Delete(session, key);
        }
    }
}
