# Wall {{wall}} of {{url}} on Windows 10/11 with Chrome or Edge.
# -Install (once, as administrator): no sleep, no screen saver, start at log-on of this account.
# -Account NAME: with -Install, this account signs in at power-on (Windows asks for its password).
param([switch]$Install, [string]$Account)
$ErrorActionPreference = 'Stop'
$task = 'ToanCanhWall-{{wall}}'
if ($Install) {
  powercfg /change monitor-timeout-ac 0
  powercfg /change standby-timeout-ac 0
  powercfg /change hibernate-timeout-ac 0
  Set-ItemProperty 'HKCU:\Control Panel\Desktop' ScreenSaveActive 0
  if ($Account) {
    $winlogon = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon'
    Set-ItemProperty $winlogon AutoAdminLogon 1
    Set-ItemProperty $winlogon DefaultUserName $Account
    Write-Host 'Set the password of this account with Sysinternals Autologon: it is then stored encrypted.'
  }
  $user = if ($Account) { $Account } else { "$env:USERDOMAIN\$env:USERNAME" }
  $action = New-ScheduledTaskAction -Execute 'powershell.exe' -Argument "-NoProfile -WindowStyle Hidden -ExecutionPolicy Bypass -File `"$PSCommandPath`""
  $settings = New-ScheduledTaskSettingsSet -RestartCount 999 -RestartInterval (New-TimeSpan -Minutes 1) -ExecutionTimeLimit ([TimeSpan]::Zero) -AllowStartIfOnBatteries
  Register-ScheduledTask -TaskName $task -Action $action -Settings $settings -Trigger (New-ScheduledTaskTrigger -AtLogOn -User $user) -User $user -Force | Out-Null
  Write-Host "$task is installed. Restart this PC to see the wall come up by itself."
  exit 0
}
$browser = @("$env:ProgramFiles\Google\Chrome\Application\chrome.exe", "${env:ProgramFiles(x86)}\Google\Chrome\Application\chrome.exe", "${env:ProgramFiles(x86)}\Microsoft\Edge\Application\msedge.exe") | Where-Object { Test-Path $_ } | Select-Object -First 1
if (-not $browser) { throw 'Neither Chrome nor Edge is installed.' }
$windows = @(
{{windowsLines}}
)
$running = @{}
while ($true) {
  foreach ($window in $windows) {
    $process = $running[$window.Output]
    if (-not $process -or $process.HasExited) { $running[$window.Output] = Start-Process $browser -ArgumentList $window.Arguments -PassThru }
  }
  Start-Sleep -Seconds 2
}
