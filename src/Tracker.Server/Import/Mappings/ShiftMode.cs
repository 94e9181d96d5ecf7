namespace Tracker.Server.Import.Mappings;

internal enum ShiftMode
{
    None,
    WholeWeeks,
}
