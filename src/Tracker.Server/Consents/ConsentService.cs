using Grpc.Core;
using Tracker.Core.Consents;
using Tracker.Server.Security;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Consents;

internal sealed class ConsentService(
    NoticeRegister notices,
    ConsentLedger ledger,
    Confirmations confirmations,
    ConsentClosing closing,
    ObjectionLedger objections,
    ContactLedger contacts,
    ConsentReader reader,
    PromptCheck prompts,
    PermissionCheck permissions) : Wire.ConsentService.ConsentServiceBase
{
    public override async Task<Wire.RegisterNoticeResponse> RegisterNotice(Wire.RegisterNoticeRequest request, ServerCallContext context)
    {
        var notice = await notices.RegisterAsync(context.Caller(), request.ToCore(), context.CancellationToken);
        return notice.ToWire();
    }

    public override async Task<Wire.GetNoticeResponse> GetNotice(Wire.GetNoticeRequest request, ServerCallContext context)
    {
        var notice = await notices.GetAsync(context.Caller(), request.NoticeId, request.Version, context.CancellationToken);
        return notice.ToTextWire();
    }

    public override async Task<Wire.RecordConsentResponse> RecordConsent(Wire.RecordConsentRequest request, ServerCallContext context)
    {
        var appended = await ledger.RecordAsync(context.Caller(), request.ToCore(), context.CancellationToken);
        return new Wire.RecordConsentResponse
        {
            Consent = appended.Entry?.ToWire(),
            ConsentEpoch = appended.ConsentEpoch,
            ConfirmationToken = appended.ConfirmationToken,
            ConfirmationTokens = { appended.ConfirmationTokens.Select(token => token.ToWire()) },
            AtOnce = appended.AtOnce?.ToWire(),
        };
    }

    public override async Task<Wire.ConfirmConsentResponse> ConfirmConsent(Wire.ConfirmConsentRequest request, ServerCallContext context)
    {
        var appended = await confirmations.ConfirmAsync(context.Caller(), request.ToCore(), context.CancellationToken);
        return new Wire.ConfirmConsentResponse { Consent = appended.Entry?.ToWire(), ConsentEpoch = appended.ConsentEpoch };
    }

    public override async Task<Wire.WithdrawConsentResponse> WithdrawConsent(Wire.WithdrawConsentRequest request, ServerCallContext context)
    {
        var appended = await ledger.WithdrawAsync(context.Caller(), request.ToCore(), context.CancellationToken);
        return new Wire.WithdrawConsentResponse { Consent = appended.Entry?.ToWire(), ConsentEpoch = appended.ConsentEpoch };
    }

    public override async Task<Wire.CloseConsentResponse> CloseConsent(Wire.CloseConsentRequest request, ServerCallContext context)
    {
        var appended = await closing.CloseAsync(context.Caller(), request.ToCore(), context.CancellationToken);
        return new Wire.CloseConsentResponse { Consent = appended.Entry?.ToWire(), ConsentEpoch = appended.ConsentEpoch };
    }

    public override async Task<Wire.RecordObjectionResponse> RecordObjection(Wire.RecordObjectionRequest request, ServerCallContext context)
    {
        var appended = await objections.ObjectAsync(context.Caller(), request.ToCore(), context.CancellationToken);
        return new Wire.RecordObjectionResponse { Consent = appended.Entry?.ToWire(), ConsentEpoch = appended.ConsentEpoch };
    }

    public override async Task<Wire.DecideObjectionResponse> DecideObjection(Wire.DecideObjectionRequest request, ServerCallContext context)
    {
        var appended = await objections.DecideAsync(context.Caller(), request.ToCore(), context.CancellationToken);
        return new Wire.DecideObjectionResponse { Consent = appended.Entry?.ToWire(), ConsentEpoch = appended.ConsentEpoch };
    }

    public override async Task<Wire.RecordSoftOptInResponse> RecordSoftOptIn(Wire.RecordSoftOptInRequest request, ServerCallContext context)
    {
        var appended = await contacts.NoteSoftOptInAsync(context.Caller(), request.ToCore(), context.CancellationToken);
        return new Wire.RecordSoftOptInResponse { Consent = appended.Entry?.ToWire(), ConsentEpoch = appended.ConsentEpoch };
    }

    public override async Task<Wire.RecordRegisterCheckResponse> RecordRegisterCheck(Wire.RecordRegisterCheckRequest request, ServerCallContext context)
    {
        var appended = await contacts.NoteRegisterCheckAsync(context.Caller(), request.ToCore(), context.CancellationToken);
        return new Wire.RecordRegisterCheckResponse { Consent = appended.Entry?.ToWire(), ConsentEpoch = appended.ConsentEpoch };
    }

    public override async Task<Wire.ListConsentsResponse> ListConsents(Wire.ListConsentsRequest request, ServerCallContext context)
    {
        var query = request.ToCore();
        var page = await reader.ListAsync(context.Caller(), query.Profile, query.Purpose, query.PageSize, query.PageToken, context.CancellationToken);
        return page.ToWire();
    }

    public override async Task<Wire.GetConsentStateResponse> GetConsentState(Wire.GetConsentStateRequest request, ServerCallContext context)
    {
        var standing = await reader.GetStandingAsync(context.Caller(), request.ToCore(), context.CancellationToken);
        return standing.ToWire();
    }

    public override async Task<Wire.GetConsentProofResponse> GetConsentProof(Wire.GetConsentProofRequest request, ServerCallContext context)
    {
        var query = request.ToCore();
        var receipt = await reader.GetProofAsync(context.Caller(), query.Profile, query.Purpose, query.Consent, context.CancellationToken);
        return receipt.ToWire();
    }

    public override async Task<Wire.CheckPromptResponse> CheckPrompt(Wire.CheckPromptRequest request, ServerCallContext context)
    {
        var query = request.ToCore();
        var answer = await prompts.CheckAsync(context.Caller(), query.Profile, query.Purpose, query.ContactChannel, context.CancellationToken);
        return answer.ToWire();
    }

    public override async Task<Wire.CheckPermissionResponse> CheckPermission(Wire.CheckPermissionRequest request, ServerCallContext context)
    {
        var query = request.ToCore();
        var answer = await permissions.CheckAsync(context.Caller(), query.Profile, query.Question, context.CancellationToken);
        return answer.ToWire();
    }

    public override async Task<Wire.CheckAudienceResponse> CheckAudience(Wire.CheckAudienceRequest request, ServerCallContext context)
    {
        var query = request.ToCore();
        var answer = await permissions.CheckAudienceAsync(context.Caller(), query.Profiles, query.Question, context.CancellationToken);
        return answer.ToWire();
    }
}
