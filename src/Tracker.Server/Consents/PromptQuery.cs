using Tracker.Core.Model;

namespace Tracker.Server.Consents;

internal sealed record PromptQuery(ProfileReference Profile, Purpose Purpose, ContactChannel ContactChannel);
