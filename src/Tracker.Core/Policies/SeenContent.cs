using Tracker.Core.Model.Content;

namespace Tracker.Core.Policies;

/// <summary>What is left of a content for whoever may see only some special categories.</summary>
/// <param name="Fields">Those of the content that is left.</param>
/// <param name="Withheld">The lines and inferences that it lacks, by field and path, such as "commerce.lines[2]".</param>
public readonly record struct SeenContent(InteractionContent Content, FieldSet Fields, IReadOnlyList<(ContentField Field, string Path)> Withheld);
