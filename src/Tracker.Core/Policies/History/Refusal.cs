using Tracker.Core.Model;

namespace Tracker.Core.Policies.History;

/// <summary>The person refused or withdrew consent, whether or not one is known: from then on the purpose rests on no other basis .</summary>
/// <param name="ContactChannel">The one medium it is about; Unspecified: all.</param>
public sealed record Refusal(Purpose Purpose, ContactChannel ContactChannel, DateTimeOffset From);
