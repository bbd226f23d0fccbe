# From a clean clone to a trained model: checks the stack, then runs the sample. Arguments go to the sample.
& (Join-Path $PSScriptRoot 'setup.ps1')
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }

Set-Location (Join-Path $PSScriptRoot '..')
dotnet run -c Release --project samples/PackageSections -- $args
exit $LASTEXITCODE
