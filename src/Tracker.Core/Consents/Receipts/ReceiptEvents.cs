using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Tracker.Core.Consents.Proof;
using Tracker.Core.Model;

namespace Tracker.Core.Consents.Receipts;

/// <summary>
/// What happened to one consent, each event bound to the one before by its hash: SHA-256 of the previous hash and the event
/// in canonical form. An event says nothing but what is stored, so that its hash is the same whenever it is written.
/// </summary>
internal static class ReceiptEvents
{
    private static readonly byte[] Start = new byte[SHA256.HashSizeInBytes];

    /// <summary>
    /// The entries that a consent is made and unmade of, in the order of the ledger. What a consent confirms or renews is not
    /// among them: it is deleted earlier, and has a receipt of its own.
    /// </summary>
    public static IReadOnlyList<ConsentEntry> About(ConsentEntry consent, IReadOnlyList<ConsentEntry> ledger, IReadOnlyDictionary<Purpose, IReadOnlySet<Purpose>> reach) =>
    [
        .. ledger.Where(entry => entry.Id == consent.Id || (entry.Id == consent.RefersTo && !consent.IsGift) || entry.RefersTo == consent.Id || Ends(entry, consent, reach)).OrderBy(entry => entry.Sequence),
    ];

    public static JsonArray Write(IReadOnlyList<ConsentEntry> entries, Func<ConsentEntry, EvidenceDetails?> open)
    {
        var events = new JsonArray();
        var previous = Start;
        foreach (var entry in entries)
        {
            var one = Write(entry, open(entry));
            var hash = SHA256.HashData([.. previous, .. Encoding.UTF8.GetBytes(CanonicalJson.Write(one))]);
            one["prev_hash"] = Convert.ToHexStringLower(previous);
            one["hash"] = Convert.ToHexStringLower(hash);
            events.Add(one);
            previous = hash;
        }

        return events;
    }

    private static bool Ends(ConsentEntry entry, ConsentEntry consent, IReadOnlyDictionary<Purpose, IReadOnlySet<Purpose>> reach) =>
        consent.IsGift && (entry.IsEnd() && !consent.IsNewerThan(entry)
            ? ConsentFold.Channels(consent).Any(channel => ConsentFold.IsMeant(consent, channel, entry, reach))
            : entry.ListedSince >= consent.ProvedAt() && consent.ContactChannels.Any(channel => entry.Covers(consent.Purpose, channel)));

    private static JsonObject Write(ConsentEntry entry, EvidenceDetails? details) => new()
    {
        ["seq"] = entry.Sequence,
        ["event_id"] = entry.Id.ToString(),
        ["state"] = EnumNames<ConsentState>.Of(entry.State),
        ["event_state"] = Dpv.Of(entry.State),
        ["event_type"] = entry.IsExplicit ? "explicit" : "expressed",
        ["event_time"] = InstantJson.Text(entry.EffectiveAt),
        ["recorded_at"] = InstantJson.Text(entry.RecordedAt),
        ["validity_duration"] = Validity(entry),
        ["entity_id"] = EnumNames<DecisionActor>.Of(entry.Actor),
        ["authority_reference"] = entry.AuthorityReference,
        ["contact_channels"] = new JsonArray([.. entry.ContactChannels.Select(channel => (JsonNode)EnumNames<ContactChannel>.Of(channel))]),
        ["source"] = entry.Source.Value,
        ["evidence"] = entry.Evidence is { } evidence ? Write(evidence, details) : null,
    };

    private static string Validity(ConsentEntry entry) => entry switch
    {
        { State: ConsentState.PendingConfirmation, ConfirmBy: { } end } => $"until {InstantJson.Text(end)}, unless confirmed",
        { IsGift: true, ValidUntil: { } end } => $"until {InstantJson.Text(end)}",
        { IsGift: true } => "until withdrawn, or the person has been silent for as long as the policy allows",
        _ => "PT0S",
    };

    private static JsonObject Write(Evidence evidence, EvidenceDetails? details) => new()
    {
        ["kind"] = EnumNames<EvidenceKind>.Of(evidence.Kind),
        ["sha256"] = evidence.Sha256,
        ["captured_at"] = InstantJson.Text(evidence.CapturedAt),
        ["captured_by"] = evidence.CapturedBy,
        ["text_shown_sha256"] = evidence.TextShownSha256,
        ["control_id"] = evidence.ControlId,
        ["act"] = evidence.Act == ConsentAct.Unspecified ? "" : EnumNames<ConsentAct>.Of(evidence.Act),
        ["details"] = details is null ? null : JsonNode.Parse(EvidenceJson.Write(details)),
    };
}
