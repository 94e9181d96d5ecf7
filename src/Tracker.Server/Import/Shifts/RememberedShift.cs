using System.Text.Json.Serialization;

namespace Tracker.Server.Import.Shifts;

internal sealed record RememberedShift([property: JsonPropertyName("shift_weeks"), JsonRequired] int ShiftWeeks);
