namespace Tracker.Server.Import.Mappings;

internal enum ConditionOperator
{
    StartsWith,
    Equals,
    Empty,
    AllLinesEqual,
}
