namespace Workflow.Engine.Tests.Expressions.Scripting;

/// <summary>Scripts that are refused before they run.</summary>
internal static class RefusedTable
{
    public static readonly TheoryData<string> Rows = new()
    {
        "new Proxy({}, {})",
        "const p = new Proxy(function(){}, { get(t,k,r){ return r[k] } }); p.x",
        "eval('1')",
        "Function('return 1')()",
        "globalThis.x = 1",
        "Reflect.ownKeys({})",
        "import('fs')",
        "require('fs')",
        "System.IO.File.ReadAllText('/etc/passwd')",
        "process.exit()",
        "`${`${`${`${`${`${`${'x'.repeat(100000)}`.repeat(9)}`}`}`}`}`",
        "/(a{1000}){1000}/.test('a')",
        "throw { get message() { return 1 } }",
        "class A {}",
        "label: function f(){}",
        "async function f(){}",
        "function* g(){ yield 1 }",
        "with({}) {}",
        "10n",
        "tag`x`",
        "await 1",
        "import x from 'y'",
        "export default 1",
        "new.target",
        "let x = { get a() { return 1 } }",
        "/(?<=a)b/",
        """/(a)\1/""",
        "@dec class X{}",
        "super.x",
        "var x = ;",
        "'unterminated",
        "/unterminated",
        "{",
        "`${",
        """\u0000""",
    };
}
