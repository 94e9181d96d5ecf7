namespace Tracker.Server.Import.Mappings;

/// <summary>A mapping that cannot be used; every error begins with the JSON path it is about.</summary>
internal sealed class MappingException(IReadOnlyList<string> errors) : Exception(string.Join("; ", errors))
{
    public IReadOnlyList<string> Errors { get; } = errors;
}
