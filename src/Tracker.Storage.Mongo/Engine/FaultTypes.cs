namespace Tracker.Storage.Mongo.Engine;

/// <summary>What a log tells of a fault; put into words only where it is told.</summary>
internal readonly record struct FaultTypes(Exception? Fault)
{
    public override string ToString() => Fault?.InnerException is { } inner
        ? $"{Fault.GetType().Name} from {new FaultTypes(inner)}"
        : $"{Fault?.GetType().Name}";
}
