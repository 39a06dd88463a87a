using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Server.Access;
using Workflow.Server.Features.Areas;
using Workflow.Server.Features.Changes;
using Workflow.Server.Features.Clock;
using Workflow.Server.Features.ClockChanges;
using Workflow.Server.Features.Definitions;
using Workflow.Server.Features.Instances;
using Workflow.Server.Features.JointWork;
using Workflow.Server.Features.Lists;
using Workflow.Server.Features.Operations;
using Workflow.Server.Features.Notices;
using Workflow.Server.Features.Orders;
using Workflow.Server.Features.Organisation;
using Workflow.Server.Features.Pauses;
using Workflow.Server.Features.Places;
using Workflow.Server.Features.Reports;
using Workflow.Server.Features.Session;
using Workflow.Server.Features.Subjects;
using Workflow.Server.Features.Tasks;
using Workflow.Server.Features.WorkItems;
using Workflow.Server.Problems;

namespace Workflow.Server.Hosting;

/// <summary>The HTTP side: JSON, limits, problems, routes, the web client's files.</summary>
internal static partial class WebApi
{
    /// <summary>Scripts come from this origin only. antd writes its styles at run time, so styles may be inline.</summary>
    private const string ContentSecurity =
        "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; connect-src 'self'; object-src 'none'; base-uri 'self'; frame-ancestors 'none'";

    public static void AddWebApi(this IServiceCollection services, IWebHostBuilder host, Limits limits)
    {
        host.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = limits.RequestBytes);
        services.Configure<JsonOptions>(json =>
        {
            json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            json.SerializerOptions.RespectNullableAnnotations = true;
            json.SerializerOptions.RespectRequiredConstructorParameters = true;
            json.SerializerOptions.AllowDuplicateProperties = false;
            // The type of an alteration may stand anywhere in it.
            json.SerializerOptions.AllowOutOfOrderMetadataProperties = true;
            json.SerializerOptions.Encoder = InstanceJson.Options.Encoder;
            json.SerializerOptions.DefaultIgnoreCondition = InstanceJson.Options.DefaultIgnoreCondition;
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            json.SerializerOptions.Converters.Add(new SoundJsonConverter());
            foreach (var converter in InstanceJson.Options.Converters) json.SerializerOptions.Converters.Add(converter);
        });
        // In every environment: a bad request becomes a problem in WriteProblemAsync.
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddHealthChecks();
        services.AddOpenApi("v1", ApiDocument.Configure);
        services.AddResponseCompression();
    }

    public static void MapServer(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = WriteProblemAsync,
            // The caller's mistakes are the caller's to read, and what waits for another server is no failure of this one.
            SuppressDiagnosticsCallback = thrown => thrown.Exception is BadHttpRequestException or NewerShapeException,
        });
        app.UseStatusCodePages(async context => await StatusProblem(context.HttpContext).ExecuteAsync(context.HttpContext));
        app.UseResponseCompression();
        app.Use(SecureAsync);
        app.Use(KeepBodyAsync);
        app.UseAuthentication();
        app.UseAuthorization();

        app.MapApi();
        app.MapHub<ChangesHub>(ChangesHub.Path).WithMetadata(new RoutePermission(null));
        app.MapOpenApi().WithMetadata(new RoutePermission(null)).AllowAnonymous();
        app.MapHealthChecks("/health/live").WithMetadata(new RoutePermission(null)).AllowAnonymous();
        app.MapGet("/health/ready", Readiness.HandleAsync).OpenToAll().ExcludeFromDescription();
        app.MapStaticAssets().Add(static endpoint => endpoint.Metadata.Add(new RoutePermission(null)));
        // Pages belong to the client; what begins with /api is answered as an API, whatever its method or content type.
        app.Map("/api/{**rest}", UnknownRoutes.Answer).OpenToAll().ExcludeFromDescription();
        app.MapFallbackToFile("index.html").WithMetadata(new RoutePermission(null));
    }

    /// <summary>Every route of the API, in one place to read.</summary>
    private static void MapApi(this IEndpointRouteBuilder app)
    {
        var routes = app.MapGroup("/api/v1").AddEndpointFilterFactory(StrictRequests.Demand);
        SignIn.Map(routes);
        GetClock.Map(routes);
        ListDefinitions.Map(routes);
        GetDefinition.Map(routes);
        GetVersion.Map(routes);
        SaveDraft.Map(routes);
        ValidateDefinition.Map(routes);
        PublishDraft.Map(routes);
        RetractVersion.Map(routes);
        RevertVersion.Map(routes);
        CompareVersions.Map(routes);
        ImportDefinitions.Map(routes);
        ChangeCalendar.Map(routes);
        ChangePolicy.Map(routes);
        ListClockChanges.Map(routes);
        ListAreas.Map(routes);
        ImportOutlines.Map(routes);
        GetPlace.Map(routes);
        ListSubjects.Map(routes);
        GetSubject.Map(routes);
        ListSubjectTasks.Map(routes);
        ImportSubjects.Map(routes);
        ExportSubjects.Map(routes);
        ImportOrganisation.Map(routes);
        ExportOrganisation.Map(routes);
        GetTeamStaff.Map(routes);
        AddAbsence.Map(routes);
        HandOverShift.Map(routes);
        DepartMember.Map(routes);
        ListTaskDefinitions.Map(routes);
        RaiseTask.Map(routes);
        RaiseTasks.Map(routes);
        ReceiveCloudEvents.Map(routes);
        ListAlarms.Map(routes);
        ListTasks.Map(routes);
        GetTask.Map(routes);
        GetTimeline.Map(routes);
        SendEvent.Map(routes);
        WithdrawTask.Map(routes);
        ChangePriority.Map(routes);
        TaskReporter.Map(routes);
        HandDownTask.Map(routes);
        GetTree.Map(routes);
        CreateOrder.Map(routes);
        ListOrders.Map(routes);
        GetOrder.Map(routes);
        FeedBackOnOrder.Map(routes);
        PressOrder.Map(routes);
        StrikeOffOrder.Map(routes);
        ListWorkItems.Map(routes);
        BulkWorkItems.Map(routes);
        SavedFilters.Map(routes);
        GetWorkItem.Map(routes);
        ClaimWorkItem.Map(routes);
        CompleteWorkItem.Map(routes);
        AttachEvidence.Map(routes);
        DeclineWorkItem.Map(routes);
        RuleOnWorkItem.Map(routes);
        TransferWorkItem.Map(routes);
        DelegateWorkItem.Map(routes);
        GiveBackWorkItem.Map(routes);
        ReturnWorkItem.Map(routes);
        WithdrawWorkItem.Map(routes);
        UrgeWorkItem.Map(routes);
        SuspendWorkItem.Map(routes);
        ResumeWorkItem.Map(routes);
        DecidePause.Map(routes);
        ListPauseRequests.Map(routes);
        ListOddPauses.Map(routes);
        ListNotices.Map(routes);
        AskExtension.Map(routes);
        DecideExtension.Map(routes);
        AddSigners.Map(routes);
        RemoveSigner.Map(routes);
        CopyWorkItem.Map(routes);
        CommentOnWorkItem.Map(routes);
        ListReceivers.Map(routes);
        ReadWorkItem.Map(routes);
        ReceiveReceipt.Map(routes);
        StartInstance.Map(routes);
        DispatchInstance.Map(routes);
        ListInstances.Map(routes);
        GetInstance.Map(routes);
        GetVariables.Map(routes);
        GetJournal.Map(routes);
        CancelInstance.Map(routes);
        AlterInstance.Map(routes);
        ListIncidents.Map(routes);
        DecideIncident.Map(routes);
        SendInstanceEvent.Map(routes);
        PublishEvent.Map(routes);
        CompleteRunTask.Map(routes);
        GetFigures.Map(routes);
        ListReportTasks.Map(routes);
        GetReport.Map(routes);
        GetStatus.Map(routes);
        ListNodes.Map(routes);
        ListStuckInstances.Map(routes);
        ProveOwnership.Map(routes);
        ListDeadLetters.Map(routes);
        GetDeadLetter.Map(routes);
        RetryDeadLetter.Map(routes);
        DiscardDeadLetter.Map(routes);
    }

    private static Task SecureAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurity;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)) headers.CacheControl = "no-store";
        // The bundler puts a hash of the content into these names.
        else if (context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal))
            context.Response.OnStarting(() =>
            {
                if (context.Response.StatusCode == StatusCodes.Status200OK) headers.CacheControl = "public, max-age=31536000, immutable";
                return Task.CompletedTask;
            });
        return next(context);
    }

    /// <summary>Keeps what a caller sent as JSON, so that a problem can say what of it was wrong.</summary>
    private static Task KeepBodyAsync(HttpContext context, RequestDelegate next)
    {
        var most = context.RequestServices.GetRequiredService<IOptions<Limits>>().Value.RequestBytes;
        if (context.Request.HasJsonContentType()) context.Request.EnableBuffering(bufferThreshold: (int)Math.Min(most, int.MaxValue));
        return next(context);
    }

    private static async Task WriteProblemAsync(HttpContext context)
    {
        var failure = context.Features.Get<IExceptionHandlerFeature>();
        // NotSupportedException is what a union of types says to an object that does not name one of them.
        // Where a parameter is wrong the body was not read, and what reads it may take more than the type that the API document names.
        var isBody = failure?.Error is BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest } bad && !ParameterMessage().IsMatch(bad.Message) || failure?.Error is NotSupportedException { Source: "System.Text.Json" };
        var problems = isBody ? await BodyProblems.OfAsync(context, failure!.Endpoint, context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions) : [];
        await (problems.Count > 0 ? ProblemResults.Invalid(problems) : ProblemOf(context, failure?.Error)).ExecuteAsync(context);
    }

    private static IResult ProblemOf(HttpContext context, Exception? thrown)
    {
        if (thrown is not null && context.RequestServices.GetRequiredService<Database>().IsUnstorableText(thrown))
            return ProblemResults.Invalid([new("", "texts without the character U+0000, in the body and in the parameters", "one with it")]);
        if (thrown is BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest } parameter && ParameterMessage().Match(parameter.Message) is { Success: true } match)
            return ProblemResults.Invalid([new($"/{JsonNamingPolicy.CamelCase.ConvertName(match.Groups["name"].Value)}", TypeWords(match.Groups["type"].Value), $"'{match.Groups["value"].Value}'")]);
        return thrown switch
        {
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => TooLarge(context),
            BadHttpRequestException bad => ProblemResults.Plain(bad.StatusCode, "Bad request", "Expected parameters and a body as the API describes them, found something else."),
            NewerShapeException { Why: var why } => why.ToResult(),
            DbException or DbUpdateException => ProblemResults.Plain(StatusCodes.Status503ServiceUnavailable, "Store not available"),
            _ => ProblemResults.Plain(StatusCodes.Status500InternalServerError, "Something went wrong here"),
        };
    }

    private static string TypeWords(string type) =>
        type.Contains("int", StringComparison.Ordinal) ? "a whole number" : type.Contains("double", StringComparison.Ordinal) ? "a number" : "true or false";

    /// <summary>What the framework says of a query parameter that is no number or Boolean.</summary>
    [GeneratedRegex("^Failed to bind parameter \"(?<type>Nullable<(?:int|bool|double)>|(?:int|bool|double)\\??) (?<name>\\w+)\" from \"(?<value>.*)\"\\.$")]
    private static partial Regex ParameterMessage();

    private static IResult TooLarge(HttpContext context) => ProblemResults.Plain(
        StatusCodes.Status413PayloadTooLarge, "Request too large",
        string.Create(CultureInfo.InvariantCulture, $"Expected a body of at most {context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize} bytes, found a larger one."));

    private static IResult StatusProblem(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status401Unauthorized => ProblemResults.SignInRequired(),
        StatusCodes.Status403Forbidden => ProblemResults.NotAllowed(context),
        StatusCodes.Status404NotFound => UnknownRoutes.NoSuchRoute(),
        StatusCodes.Status415UnsupportedMediaType => ProblemResults.Plain(
            StatusCodes.Status415UnsupportedMediaType, "Unsupported content type", $"Expected Content-Type as the API document says, application/json for most, found '{context.Request.ContentType}'."),
        StatusCodes.Status413PayloadTooLarge => TooLarge(context),
        var status => ProblemResults.Plain(status, "Bad request"),
    };
}
