using Grpc.Core;
using Tracker.Core.Consents;
using Tracker.Server.Security;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Consents;

internal sealed class ConsentService(NoticeRegister notices, ConsentLedger ledger, PermissionCheck permissions)
    : Wire.ConsentService.ConsentServiceBase
{
    public override async Task<Wire.RegisterNoticeResponse> RegisterNotice(Wire.RegisterNoticeRequest request, ServerCallContext context)
    {
        var notice = await notices.RegisterAsync(context.Caller(), request.ToCore(), context.CancellationToken);
        return notice.ToWire();
    }

    public override async Task<Wire.RecordConsentResponse> RecordConsent(Wire.RecordConsentRequest request, ServerCallContext context)
    {
        var appended = await ledger.RecordAsync(context.Caller(), request.ToCore(), context.CancellationToken);
        return new Wire.RecordConsentResponse { Consent = appended.Entry?.ToWire(), ConsentEpoch = appended.ConsentEpoch };
    }

    public override async Task<Wire.WithdrawConsentResponse> WithdrawConsent(Wire.WithdrawConsentRequest request, ServerCallContext context)
    {
        var appended = await ledger.WithdrawAsync(context.Caller(), request.ToCore(), context.CancellationToken);
        return new Wire.WithdrawConsentResponse { Consent = appended.Entry?.ToWire(), ConsentEpoch = appended.ConsentEpoch };
    }

    public override async Task<Wire.ListConsentsResponse> ListConsents(Wire.ListConsentsRequest request, ServerCallContext context)
    {
        var query = request.ToCore();
        var page = await ledger.ListAsync(context.Caller(), query.Profile, query.Purpose, query.PageSize, query.PageToken, context.CancellationToken);
        return page.ToWire();
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
