using Tracker.Core.Model;

namespace Tracker.Core.Policies;

/// <summary>A recorded condition of GDPR Art. 9(2) other than explicit consent, under which a purpose may see special categories.</summary>
/// <param name="Condition">Such as "9(2)(f)".</param>
/// <param name="Categories">Those of Art. 9(1) that it covers, and no other; never empty.</param>
/// <param name="Reference">Ticket, law or opinion that it rests on.</param>
public sealed record SpecialCategoryRule(Purpose Purpose, string Condition, SpecialCategorySet Categories, string Reference);
