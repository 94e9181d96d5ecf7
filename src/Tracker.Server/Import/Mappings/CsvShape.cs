namespace Tracker.Server.Import.Mappings;

/// <summary>How the text of the files is cut into fields and how numbers are written in them.</summary>
internal sealed record CsvShape(string Delimiter, NumberFormat Numbers);
