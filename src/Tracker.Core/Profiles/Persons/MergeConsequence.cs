using Tracker.Core.Consents;
using Tracker.Core.Model;

namespace Tracker.Core.Profiles.Persons;

/// <summary>A no of one profile that would count for another.</summary>
/// <param name="Profile">For which it would.</param>
/// <param name="No">The refusal, withdrawal, objection or entry in the register.</param>
/// <param name="ContactChannel">The medium, where the no or the consent that it ends is about one.</param>
/// <param name="Ended">The consent of the profile that it would end; null: it ends none that is in force, and bars what comes.</param>
public sealed record MergeConsequence(ProfileId Profile, ConsentEntry No, ContactChannel ContactChannel, ConsentId? Ended);
