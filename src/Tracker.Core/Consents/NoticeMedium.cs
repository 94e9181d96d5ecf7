namespace Tracker.Core.Consents;

public enum NoticeMedium : byte
{
    Unspecified = 0,
    Written = 1,
    Oral = 2,
}
