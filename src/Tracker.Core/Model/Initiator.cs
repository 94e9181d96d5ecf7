namespace Tracker.Core.Model;

public enum Initiator : byte
{
    Unspecified = 0,
    Subject = 1,
    System = 2,
}
