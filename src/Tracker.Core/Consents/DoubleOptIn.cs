using System.Buffers.Text;
using Tracker.Core.Model;

namespace Tracker.Core.Consents;

/// <summary>Which consents count only once the holder of the address has confirmed them.</summary>
internal static class DoubleOptIn
{
    /// <summary>Media whose address anybody can type in: what the Garante asked to be confirmed (330/2025, doc. web 10143278; C8).</summary>
    private static readonly ContactChannel[] Typed = [ContactChannel.Email, ContactChannel.Sms];

    /// <summary>Whether one click is said to have shown several addresses.</summary>
    public static bool ProvesTooMuch(ConsentDraft draft) => draft.Evidence?.Kind == EvidenceKind.DoubleOptIn && draft.ContactChannels.Count(Typed.Contains) > 1;

    public static bool IsNeeded(ConsentEntry gift) => Media(gift).Count > 0;

    /// <summary>The media that wait, each for a confirmation of its own: of a partner's list all, of what was typed in online those.</summary>
    public static IReadOnlyList<ContactChannel> Media(ConsentEntry gift) =>
        Media(gift.Evidence?.Kind, gift.Purpose, gift.IsOffline, ConsentFold.Channels(gift));

    /// <summary>What waits and what does not, of the media of one decision; one of them is empty where all are alike.</summary>
    public static (ConsentDraft Waiting, ConsentDraft AtOnce) Part(ConsentDraft draft)
    {
        var waiting = draft.State == ConsentState.Given ? Media(draft.Evidence?.Kind, draft.Purpose, draft.IsOutsideOnlineServices(), draft.ContactChannels) : [];
        return (
            draft with { ContactChannels = [.. draft.ContactChannels.Where(waiting.Contains)] },
            draft with { ContactChannels = [.. draft.ContactChannels.Where(medium => !waiting.Contains(medium))] });
    }

    /// <summary>A click shows who holds one address: there is one of each kind that a link goes to, or went to, and no second (Garante 330/2025).</summary>
    /// <param name="waiting">The media of the draft that wait.</param>
    public static void CheckAddresses(ConsentDraft draft, IReadOnlyList<ContactChannel> waiting, IReadOnlyList<IdentifierHash> identifiers)
    {
        var violations = new Violations();
        var clicked = draft is { State: ConsentState.Given, Evidence.Kind: EvidenceKind.DoubleOptIn } ? draft.ContactChannels.Where(Typed.Contains) : [];
        foreach (var medium in waiting.Concat(clicked))
        {
            var kinds = ContactAddress.KindsOf(medium);
            if (kinds.Count == 0)
            {
                continue;
            }

            var (count, name) = (identifiers.Where(hash => kinds.Contains(hash.Kind)).Distinct().Count(), string.Join(" or ", kinds.Select(EnumNames<IdentifierKind>.Of)));
            violations.Require(count > 0 || !waiting.Contains(medium), "identifiers", $"must hold the {name} that the token for {EnumNames<ContactChannel>.Of(medium)} is sent to");
            violations.Require(count < 2, "identifiers", $"must hold one {name} for {EnumNames<ContactChannel>.Of(medium)}: a click shows who holds one address; record the other by a request of its own");
        }

        violations.Refuse();
    }

    public static IReadOnlyList<IdentifierHash> AddressesOf(string hashes) =>
        [.. hashes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(hash => IdentifierHash.Read(Base64Url.DecodeFromChars(hash))).Distinct()];

    /// <summary>Of the addresses that were given, those of the medium; of a medium without any all.</summary>
    public static string AddressOf(ContactChannel medium, string hashes) => ContactAddress.KindsOf(medium) is { Count: > 0 } kinds
        ? string.Join(' ', hashes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(hash => kinds.Contains(IdentifierHash.Read(Base64Url.DecodeFromChars(hash)).Kind)))
        : hashes;

    private static IReadOnlyList<ContactChannel> Media(EvidenceKind? kind, Purpose purpose, bool isOffline, IReadOnlyList<ContactChannel> media) => kind switch
    {
        EvidenceKind.PartnerFeed => [.. media.Order()],
        EvidenceKind.Form or EvidenceKind.Checkbox or EvidenceKind.CmpSignal when purpose == Purpose.DirectMarketing && !isOffline =>
            [.. media.Where(Typed.Contains).Order()],
        _ => [],
    };
}
