namespace Tracker.Core.Model.Content;

public sealed record GarmentSize(string Garment, string Size);
