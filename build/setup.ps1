# Checks that the NuGet packages restore and work here. On Windows they are the only stack, and the default: nothing is written.
Set-Location (Join-Path $PSScriptRoot '..')

function Stop-Setup($sentence) {
    [Console]::Error.WriteLine("setup: $sentence")
    exit 1
}

if (-not (Get-Command dotnet -ErrorAction SilentlyContinue)) {
    Stop-Setup 'no dotnet on the PATH: install the .NET SDK 10 (https://dotnet.microsoft.com/download)'
}
if (-not ((dotnet --list-sdks) -match '^[1-9][0-9]+\.')) {
    Stop-Setup 'the .NET SDK 10 or later is needed'
}

dotnet restore build/smoke -p:TransformersStack=Packages
if ($LASTEXITCODE -ne 0) { Stop-Setup 'the packages do not restore; dotnet printed why above' }

dotnet run --project build/smoke -c Release -v q -p:TransformersStack=Packages
if ($LASTEXITCODE -ne 0) { Stop-Setup 'the packages restore but do not work here; their program printed why above' }

Write-Host 'setup: the Packages stack works'
