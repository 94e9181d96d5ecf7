using Tracker.Core.Model;
using Tracker.Core.Model.Content;

namespace Tracker.Core.Policies;

/// <summary>A duty by law: the proof of LEGAL_OBLIGATION for a purpose and the types it covers .</summary>
/// <param name="Fields">All that it obliges to keep; nothing else is kept on it.</param>
/// <param name="AfterPurchase">How long after the last sale it lasts; null: as long as its records.</param>
/// <param name="Reference">The provision, and what it says.</param>
public sealed record LegalRule(
    string Id,
    Purpose Purpose,
    IReadOnlySet<string> Types,
    FieldSet Fields,
    CalendarPeriod? AfterPurchase,
    string Reference);
