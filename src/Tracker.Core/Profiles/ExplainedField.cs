using Tracker.Core.Model;
using Tracker.Core.Security;

namespace Tracker.Core.Profiles;

/// <summary>What is held of one field for one purpose; its value is not told.</summary>
public sealed record ExplainedField(Purpose Purpose, SaidField Said);
