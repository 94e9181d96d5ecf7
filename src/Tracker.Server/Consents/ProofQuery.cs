using Tracker.Core.Model;

namespace Tracker.Server.Consents;

internal sealed record ProofQuery(ProfileReference Profile, Purpose Purpose, ConsentId? Consent);
