using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Workflow.Engine.Instances;
using Workflow.Server.Access;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Session;

/// <summary>Who is signed in.</summary>
/// <param name="Roles">Roles that decide about work items and tasks, such as <c>supervisor</c>.</param>
internal sealed record Me(string UserId, string UserName, string Name, IReadOnlyList<Team> Teams, IReadOnlyList<string> Permissions, IReadOnlyList<string> Roles)
{
    public static async Task<Me> OfAsync(ClaimsPrincipal user, Callers callers, CancellationToken cancel)
    {
        var caller = await callers.FindAsync(user, cancel);
        return new(caller.Actor.UserId, user.Identity!.Name!, caller.Actor.Name, caller.Teams, caller.Permissions, [.. caller.Actor.Roles ?? []]);
    }
}

internal static class SignIn
{
    public sealed record Body(string UserName, string Password);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("session", HandleAsync).OpenToAll().Produces<Me>().WithSummary("Signs in and sets the session cookie");
        routes.MapDelete("session", SignOutAsync).OpenToAll().Produces(StatusCodes.Status204NoContent).WithSummary("Signs out");
        routes.MapGet("me", Me.OfAsync).RequiresSignIn().WithSummary("Who is signed in");
    }

    internal static async Task<IResult> HandleAsync(Body body, SignInManager<Account> accounts, Callers callers, CancellationToken cancel)
    {
        // One answer, and about the same time for it, for an unknown name, a wrong password and a locked account.
        var users = accounts.UserManager;
        if (await users.FindByNameAsync(body.UserName) is null) users.PasswordHasher.HashPassword(new(), body.Password);
        var result = await accounts.PasswordSignInAsync(body.UserName, body.Password, isPersistent: false, lockoutOnFailure: true);
        if (!result.Succeeded) return new Rejection(Reason.WrongCredentials, "a user name and its password", "another pair").ToResult();
        var account = await accounts.UserManager.FindByNameAsync(body.UserName);
        return Results.Ok(await Me.OfAsync(await accounts.CreateUserPrincipalAsync(account!), callers, cancel));
    }

    internal static async Task<IResult> SignOutAsync(SignInManager<Account> accounts)
    {
        await accounts.SignOutAsync();
        return Results.NoContent();
    }
}
