using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace Workflow.Server.Features.Changes;

/// <summary>Tells clients which keys to fetch again. It carries no content: what a client may see is decided when it fetches.</summary>
[Authorize]
internal sealed class ChangesHub : Hub
{
    public const string Path = "/hubs/changes";
    public const string Method = "changed";
}
