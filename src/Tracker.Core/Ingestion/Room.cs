namespace Tracker.Core.Ingestion;

/// <summary>What calls take of the queue: interactions, and their bytes as on the wire.</summary>
internal readonly record struct Room(int Interactions, long Bytes)
{
    public static Room Of(PendingCall call) => new(call.Interactions.Count, call.Bytes);

    public static Room operator +(Room one, Room other) => new(one.Interactions + other.Interactions, one.Bytes + other.Bytes);

    public static Room operator -(Room one, Room other) => new(one.Interactions - other.Interactions, one.Bytes - other.Bytes);

    public static Room operator *(Room room, int times) => new(room.Interactions * times, room.Bytes * times);

    /// <summary>Both of it are within both of the other.</summary>
    public bool FitsInto(Room other) => Interactions <= other.Interactions && Bytes <= other.Bytes;
}
