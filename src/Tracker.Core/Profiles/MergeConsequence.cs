using Tracker.Core.Consents;
using Tracker.Core.Model;

namespace Tracker.Core.Profiles;

/// <summary>A no of one profile, or that it is a minor's, which would count for another.</summary>
/// <param name="Profile">For which it would.</param>
/// <param name="Other">Of which it is known.</param>
/// <param name="No">The refusal, withdrawal, objection or entry in the register; null: the other is known to be a minor's, or to have been when the consent was given.</param>
/// <param name="Purpose">What it is about.</param>
/// <param name="ContactChannel">The medium, where the no or the consent that it ends is about one.</param>
/// <param name="Ended">The consent of the profile that it would end; null: it ends none that is in force, and bars what comes.</param>
public sealed record MergeConsequence(ProfileId Profile, ProfileId Other, ConsentEntry? No, Purpose Purpose, ContactChannel ContactChannel, ConsentId? Ended);
