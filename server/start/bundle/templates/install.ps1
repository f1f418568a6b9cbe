# Cài Toàn Cảnh thành dịch vụ của Windows, không cần mạng. Chạy bằng quyền quản trị. / Installs as a Windows service, without a network.
param([string]$To = 'C:\ToanCanh', [string]$Data = 'C:\ProgramData\ToanCanh', [int]$Port = 8080)
$ErrorActionPreference = 'Stop'
$here = Split-Path -Parent $MyInvocation.MyCommand.Path
$version = (Get-Content "$here\VERSION").Trim()
foreach ($line in Get-Content "$here\SHA256SUMS") {
  $sum, $path = $line -split '  ', 2
  if ((Get-FileHash "$here\$path" -Algorithm SHA256).Hash -ne $sum) { throw "Gói bị hỏng / damaged: $path" }
}
$task = 'ToanCanh'
$release = "$To\releases\$version-$(Get-Date -Format yyyyMMddHHmmss)"
New-Item -ItemType Directory -Force "$To\releases", $Data | Out-Null
Copy-Item -Recurse "$here\app" $release
$node = (Get-ChildItem "$release\node_modules\node-win-*\bin\node.exe" | Select-Object -First 1).FullName
if (-not $node) { throw 'Gói này không dành cho Windows: chạy npm run bundle trên Windows / this bundle is not for Windows: make it on Windows' }
$env:IOC_DATA = $Data; $env:IOC_PORT = "$Port"
if (Get-ScheduledTask -TaskName $task -ErrorAction SilentlyContinue) {
  Stop-ScheduledTask -TaskName $task
  Push-Location "$To\current"; & $node --disable-warning=ExperimentalWarning server/commands/backup.ts "$Data\backups\before-$version"; Pop-Location
  if ($LASTEXITCODE -ne 0) { Start-ScheduledTask -TaskName $task; throw 'Không sao lưu được / no backup' }
  cmd /c rmdir "$To\current"
}
cmd /c mklink /J "$To\current" $release | Out-Null
$action = New-ScheduledTaskAction -Execute 'cmd.exe' -Argument "/c set IOC_DATA=$Data&& set IOC_PORT=$Port&& `"$node`" --disable-warning=ExperimentalWarning server/main.ts" -WorkingDirectory "$To\current"
$settings = New-ScheduledTaskSettingsSet -RestartCount 999 -RestartInterval (New-TimeSpan -Minutes 1) -ExecutionTimeLimit ([TimeSpan]::Zero)
Register-ScheduledTask -TaskName $task -Action $action -Trigger (New-ScheduledTaskTrigger -AtStartup) -Settings $settings -User 'NT AUTHORITY\LOCAL SERVICE' -Force | Out-Null
Start-ScheduledTask -TaskName $task
Write-Host "✓ Toàn Cảnh $version : http://127.0.0.1:$Port"
