using Tracker.Core.Model;
using Tracker.Core.Policies;

namespace Tracker.Core.Consents;

/// <summary>Somebody else to whom an identifier of a decision leads, with what is decided there.</summary>
internal sealed record OtherPerson(IdentifierKind By, IReadOnlyList<ConsentEntry> Ledger, Policy Policy)
{
    /// <summary>
    /// Whether a gift cannot be this person's alone: it is to an address of somebody else's, so that its withdrawal would go
    /// astray, or that somebody has said no to the same since (E07, E17).
    /// </summary>
    public bool StandsAgainst(ConsentEntry gift) =>
        gift.ContactChannels.Any(medium => ContactAddress.KindsOf(medium).Contains(By))
        || Ledger.Any(no => no.IsRefusal() && !gift.IsNewerThan(no) && ConsentFold.Channels(gift).Any(channel => ConsentFold.IsMeant(gift, channel, no, Policy.ObjectionReach)));
}
